package dev.countersign.identity;

import java.time.ZoneId;

/**
 * Someone who can sign in.
 *
 * @param id 26 characters, never used again; the {@code sub} of tokens
 * @param email unique, lower case
 * @param administrator may use {@code /admin}
 */
public record Person(String id, String email, String name, ZoneId zone, boolean administrator) {}
