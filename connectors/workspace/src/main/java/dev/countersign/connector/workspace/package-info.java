/**
 * Calendar, mail, contacts and files, whatever the provider: the small services that a connector implements, and the tools that
 * are written once over them. Uses the connector API and the JDK only.
 */
@NullMarked
package dev.countersign.connector.workspace;

import org.jspecify.annotations.NullMarked;
