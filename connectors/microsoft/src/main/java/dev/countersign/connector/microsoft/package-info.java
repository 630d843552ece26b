/**
 * Microsoft Graph's calendar, mail, contacts and OneDrive as a connector: the workspace services and search over one linked
 * account. Uses the connector API, the workspace interfaces, Jackson, ICU's names of time zones and jsoup.
 */
@NullMarked
package dev.countersign.connector.microsoft;

import org.jspecify.annotations.NullMarked;
