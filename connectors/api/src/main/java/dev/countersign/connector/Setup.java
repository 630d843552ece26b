package dev.countersign.connector;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What an operator does at the provider before people can link accounts. Countersign adds the scopes that it asks for, and
 * where the client's id and secret go.
 *
 * @param steps in order: what to open, click and enter; empty when nothing is registered anywhere
 * @param notes what to know beside them, e.g. when a grant ends
 * @param reader what the authorization endpoint's answer says of the client
 */
public record Setup(List<String> steps, List<String> notes, Reader reader) {
    /** Reads the answer that the authorization endpoint gives to a browser that is signed in nowhere. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Says what is wrong with the client, as the second half of a sentence; empty when nothing is.
         *
         * @param location the header of that name; empty when there is none
         */
        Optional<String> problem(int status, String location, String page);
    }

    public Setup {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    public static Setup of(String... steps) {
        return new Setup(List.of(steps), List.of(), Setup::plainProblem);
    }

    public Setup withNotes(String... more) {
        return new Setup(steps, List.of(more), reader);
    }

    public Setup withReader(Reader other) {
        return new Setup(steps, notes, other);
    }

    /** What any provider is asked for. */
    static Setup plain(String name, URI redirect) {
        return of(
                "Register an application at " + name + ": a web application with a client secret that uses the"
                        + " authorization code grant.",
                "Enter this redirect address, character by character: " + redirect,
                "Allow it the scopes below.",
                "Note the client's id and secret.");
    }

    /** RFC 6749 section 4.1.2.1: a client or redirect address that is not known is not redirected back. */
    private static Optional<String> plainProblem(int status, String location, String page) {
        if (status >= 400) {
            return Optional.of("it answers " + status);
        }
        return location.contains("error=")
                ? Optional.of("it answers " + location.replaceAll(".*[?&#]error=([A-Za-z_]{1,40}).*", "$1"))
                : Optional.empty();
    }
}
