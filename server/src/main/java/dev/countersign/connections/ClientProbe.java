package dev.countersign.connections;

import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;

/**
 * Asks a provider whether it knows the client, without a person: the authorization endpoint as a browser that is signed in
 * nowhere, and the token endpoint with a code that nobody was given. Nothing is linked.
 */
public final class ClientProbe implements AutoCloseable {
    private static final Duration MOST_TIME = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final LinkableProvider linkable;
    private final URI redirect;
    private final Transport transport = new Transport();
    private final ProviderClient client;

    /** How it looks. */
    public enum Verdict {
        /** Nothing speaks against the client. */
        ACCEPTED,
        REFUSED,
        /** No answer came, or one that says nothing. */
        UNKNOWN
    }

    /** What an endpoint's answer means, in a sentence for the operator. */
    public record Answer(Verdict verdict, String sentence) {}

    public ClientProbe(LinkableProvider linkable, URI redirect) {
        this.linkable = linkable;
        this.redirect = redirect;
        this.client = new ProviderClient(linkable, redirect.toString(), transport);
    }

    /** RFC 6749 section 4.1.1: a client or redirect address that is not known is told at once, before anybody signs in. */
    public Answer authorization() {
        var scopes =
                linkable.providerScopes(linkable.oauth().provider().scopes().keySet());
        var request = HttpRequest.newBuilder(
                client.authorizationUrl(RandomToken.token(""), RandomToken.token(""), new LinkedHashSet<>(scopes)));
        var where = linkable.oauth().provider().authorize().getHost();
        try {
            var answer = transport.send(request, MOST_TIME, MOST_BYTES);
            var location = answer.headers().firstValue("Location").orElse("");
            var page = new String(answer.body(), StandardCharsets.UTF_8);
            return linkable.connector()
                    .setup(redirect)
                    .reader()
                    .problem(answer.statusCode(), location, page)
                    .map(problem -> new Answer(Verdict.REFUSED, where + " refuses the client: " + problem))
                    .orElseGet(() -> new Answer(
                            Verdict.ACCEPTED,
                            where + " takes the client's id and redirect address, as far as can be told before"
                                    + " somebody signs in"));
        } catch (Transport.Failed e) {
            return new Answer(
                    Verdict.UNKNOWN, where + " could not be reached from here, so the client's id is not checked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Verdict.UNKNOWN, "interrupted");
        }
    }

    /** RFC 6749 section 5.2: a client that is known, with its secret, hears that the code is wrong, and not that it is. */
    public Answer token() {
        var where = linkable.oauth().provider().token().getHost();
        try {
            client.exchange(Secret.of("countersign-setup-check"), RandomToken.token(""));
            return new Answer(Verdict.UNKNOWN, where + " gave a token for a code of nobody");
        } catch (TokenEndpointException e) {
            return switch (e.kind()) {
                case NOT_SENT, UNCERTAIN, LATER ->
                    new Answer(Verdict.UNKNOWN, where + " gave no answer, so the client's secret is not checked");
                case INVALID_GRANT -> known(where);
                case REFUSED -> refused(where, e.code());
            };
        }
    }

    private static Answer known(String where) {
        return new Answer(Verdict.ACCEPTED, where + " takes the client's id and secret");
    }

    private Answer refused(String where, String code) {
        return switch (code) {
            // what a provider says of the code alone, each in its own way
            case "bad_verification_code", "invalid_request" -> known(where);
            case "redirect_uri_mismatch" ->
                new Answer(
                        Verdict.REFUSED, where + " does not have " + redirect + " as a redirect address of the client");
            default ->
                new Answer(
                        Verdict.REFUSED,
                        where + " refuses the client's id or secret" + (code.isEmpty() ? "" : ": " + code));
        };
    }

    @Override
    public void close() {
        transport.close();
    }
}
