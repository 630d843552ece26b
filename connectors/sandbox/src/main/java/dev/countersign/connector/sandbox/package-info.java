/**
 * The sandbox: a provider of our own with real OAuth endpoints and stored calendars, mailboxes and contacts, and the
 * connector that uses it. The two halves share no state and meet only over HTTP. Uses the connector API, the workspace
 * interfaces, Jetty, Jackson and SQLite.
 */
@NullMarked
package dev.countersign.connector.sandbox;

import org.jspecify.annotations.NullMarked;
