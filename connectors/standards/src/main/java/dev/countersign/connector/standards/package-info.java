/**
 * Calendars over CalDAV, contacts over CardDAV, mail over IMAP and SMTP, with any host that speaks them. Uses the connector
 * API, the workspace interfaces, ical4j, ez-vcard, Angus Mail and jsoup.
 */
@NullMarked
package dev.countersign.connector.standards;

import org.jspecify.annotations.NullMarked;
