package dev.countersign.connector.workspace;

import java.time.ZoneId;

/**
 * One calendar of an account.
 *
 * @param primary whether {@link CalendarService#PRIMARY} names it too
 * @param writable whether the account may add and change events
 */
public record Calendar(String id, String name, boolean primary, boolean writable, ZoneId zone) {}
