package dev.countersign.identity;

import java.time.Instant;

/**
 * A person signed in in one browser.
 *
 * @param id names the session; the cookie's token is not stored
 * @param signedInAt when the password was given: {@code auth_time}
 * @param csrfToken what each form of this session carries
 */
public record BrowserSession(String id, Person person, Instant signedInAt, String csrfToken) {}
