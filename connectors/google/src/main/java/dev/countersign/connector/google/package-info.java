/**
 * Google's Calendar, Gmail, People and Drive as a connector: the workspace services and search over one linked account.
 * Uses the connector API, the workspace interfaces, Jackson, Angus Mail and jsoup.
 */
@NullMarked
package dev.countersign.connector.google;

import org.jspecify.annotations.NullMarked;
