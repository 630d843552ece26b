package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** What every address of the API goes through: access token, scope, faults. RFC 6750. */
final class Api {
    private static final int MAX_PAGE = 250;
    private static final int USUAL_PAGE = 50;

    private final People people;
    private final Grants grants;
    private final Faults faults;
    private final Repeats repeats;

    /** Answers a request of somebody who allowed it. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Person person, Incoming request);
    }

    Api(People people, Grants grants, Faults faults, Repeats repeats) {
        this.people = people;
        this.grants = grants;
        this.faults = faults;
        this.repeats = repeats;
    }

    Route route(String method, String pattern, Operation operation, Scope scope, Endpoint endpoint) {
        return route(method, pattern, operation, Set.of(scope), endpoint);
    }

    /** @param scopes any one of them is enough */
    Route route(String method, String pattern, Operation operation, Set<Scope> scopes, Endpoint endpoint) {
        return Route.of(method, "/api/" + pattern, request -> {
            var bearer = bearer(request);
            var person = people.byId(bearer.person()).orElseThrow();
            var fault = faults.take(operation, Optional.of(person.address()), request.header(Faults.HEADER));
            return Faults.through(fault, () -> {
                checkScope(bearer, scopes);
                return method.equals("GET")
                        ? endpoint.answer(person, request)
                        : repeats.once(person, request, () -> endpoint.answer(person, request));
            });
        });
    }

    private static void checkScope(Grants.Bearer bearer, Set<Scope> scopes) {
        if (scopes.stream().noneMatch(bearer.scopes()::contains)) {
            throw new Refusal(403, "insufficient_scope", "This needs the scope " + Scope.join(scopes) + ".")
                    .with(
                            "WWW-Authenticate",
                            "Bearer error=\"insufficient_scope\", scope=\"" + Scope.join(scopes) + "\"");
        }
    }

    private Grants.Bearer bearer(Incoming request) {
        var header = request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .orElseThrow(() ->
                        new Refusal(401, "unauthorized", "Send an access token.").with("WWW-Authenticate", "Bearer"));
        return grants.bearer(header.substring(7).strip())
                .orElseThrow(() -> new Refusal(401, "invalid_token", "The access token is not valid.")
                        .with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    /** How many items a page has. */
    static int limit(Incoming request) {
        var asked = request.parameter("limit");
        if (asked.isEmpty()) {
            return USUAL_PAGE;
        }
        if (!asked.get().matches("[0-9]{1,4}") || asked.get().equals("0")) {
            throw Refusal.invalid("limit must be a number from 1 to " + MAX_PAGE + ".");
        }
        return Math.min(MAX_PAGE, Integer.parseInt(asked.get()));
    }

    static Optional<Instant> instant(Incoming request, String name) {
        return request.parameter(name).map(text -> instant(text, name));
    }

    static Instant instant(String text, String name) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(name + " must be a time like 2026-03-29T09:00:00+02:00.");
        }
    }

    /** A paging token: where the page before ended. */
    static String cursor(long at, String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Position> position(Incoming request) {
        return request.parameter("cursor").map(cursor -> {
            try {
                var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
                return new Position(Long.parseLong(parts[0]), parts[1]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.invalid("The cursor is not one of ours. Start again without it.");
            }
        });
    }

    /** @param at milliseconds */
    record Position(long at, String id) {}
}
