package dev.countersign.cli;

import dev.countersign.client.ModernClient;
import dev.countersign.client.ModernClient.Answer;
import dev.countersign.client.OAuthLogin;
import dev.countersign.client.OAuthLogin.Tokens;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A client of 2026-07-28 that a person attached; the person is at hand when it must send them somewhere. */
final class Assistant implements AutoCloseable {
    private static final String CAPABILITIES = "{\"elicitation\":{\"form\":{},\"url\":{}}}";

    /** A tool needs its scopes and its link, then the decision; more questions than these have lost their way. */
    private static final int MOST_QUESTIONS = 4;

    private final Visitor person;
    private final URI mcp;
    private final OAuthLogin login;
    private Tokens tokens;
    private ModernClient client;

    /** Signs the person in and asks for these scopes. */
    Assistant(Visitor person, URI mcp, OAuthLogin login, Collection<String> scopes) {
        this.person = person;
        this.mcp = mcp;
        this.login = login;
        this.tokens = person.authorize(login, scopes);
        this.client = new ModernClient(mcp, tokens.accessToken(), CAPABILITIES);
    }

    Tokens tokens() {
        return tokens;
    }

    ModernClient client() {
        return client;
    }

    Answer call(String tool, Map<String, ?> arguments) {
        return client.callTool(tool, arguments);
    }

    /** Makes the call again after the person was at the page that it asked for. */
    Answer again(String tool, Map<String, ?> arguments, Answer asked) {
        return client.repeatTool(tool, arguments, asked, "accept", Map.of());
    }

    /** Asks the person for the scopes of a challenge, beside those that are held. MCP 2026-07-28, authorization, step-up. */
    void stepUp(String challenge) {
        var scopes = new TreeSet<>(tokens.scopes());
        scopes.addAll(OAuthLogin.scopes(challenge));
        tokens = person.authorize(login, scopes);
        client.close();
        client = new ModernClient(mcp, tokens.accessToken(), CAPABILITIES);
    }

    /** Calls until nothing is missing any more: gives the result, or the question that the person must decide. */
    Answer ready(String tool, Map<String, ?> arguments) {
        var answer = call(tool, arguments);
        for (int asked = 0; asked < MOST_QUESTIONS; asked++) {
            if (answer.status() == 403) {
                stepUp(answer.challenge());
                answer = call(tool, arguments);
            } else if (linkPage(answer).isPresent()) {
                person.link(linkPage(answer).get());
                answer = again(tool, arguments, answer);
            } else {
                return answer;
            }
        }
        throw new Unmet("an answer of " + tool, "the same question again: " + answer.message());
    }

    /** As {@link #ready}, for a tool that only reads. */
    Answer read(String tool, Map<String, ?> arguments) {
        var answer = ready(tool, arguments);
        Unmet.unless(
                !answer.isError() && !answer.asksForInput(),
                "a result of " + tool + " for " + person.name(),
                answer.asksForInput() ? "a question: " + answer.message() : answer.text());
        return answer;
    }

    /** The page to link an account at, where the answer asks for that. */
    static Optional<URI> linkPage(Answer answer) {
        return answer.page().filter(page -> page.getPath().startsWith("/connect"));
    }

    /** The page of a call that waits for the person. */
    static URI approvalPage(Answer answer) {
        return answer.page()
                .filter(page -> page.getPath().startsWith("/approvals/"))
                .orElseThrow(() -> new Unmet(
                        "a question that names a page under /approvals",
                        answer.asksForInput() ? answer.message().toString() : answer.text()));
    }

    @Override
    public void close() {
        client.close();
    }
}
