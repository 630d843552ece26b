package dev.countersign.oauth;

import dev.countersign.audit.AuditEvent;
import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.oauth.OAuthError.Code;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a person's answer to a {@link ConsentQuestion} and sends the browser back to the client. */
public final class ConsentDecisionEndpoint implements Endpoint {
    private final BrowserSessions sessions;
    private final Consents consents;
    private final AuthorizationCodes codes;
    private final AuthorizationResponses responses;
    private final ErrorPage errorPage;
    private final Consumer<AuditEvent> audit;
    private final Clock clock;

    ConsentDecisionEndpoint(
            BrowserSessions sessions,
            Consents consents,
            AuthorizationCodes codes,
            AuthorizationResponses responses,
            ErrorPage errorPage,
            Consumer<AuditEvent> audit,
            Clock clock) {
        this.sessions = sessions;
        this.consents = consents;
        this.codes = codes;
        this.responses = responses;
        this.errorPage = errorPage;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Response answer(Request request) {
        var session = sessions.of(request);
        if (session.isEmpty()) {
            return gone(request, 403);
        }
        sessions.checkCsrf(request, session.get());
        var decision = request.form("decision").orElse("");
        if (!decision.equals("allow") && !decision.equals("deny")) {
            return errorPage.show(request, 400, "Choose Allow or Deny.");
        }
        var answered = consents.take(request.form("request").orElse(""), session.get());
        return answered.isEmpty()
                ? gone(request, 400)
                : decided(request, session.get(), answered.get(), decision.equals("allow"));
    }

    private Response decided(Request request, BrowserSession session, Consents.Answered answered, boolean allow) {
        var asked = answered.asked();
        var left = new HashSet<>(request.form().getOrDefault("scope", List.of()));
        left.retainAll(asked.scopes());
        if (!allow || left.isEmpty()) {
            audit.accept(event(session, asked, "deny"));
            return responses.error(
                    asked.redirectUri(), asked.state(), new OAuthError(Code.ACCESS_DENIED, "The person declined."));
        }
        var code = codes.issue(asked.narrowedTo(left), session.person().id(), answered.authenticatedAt());
        audit.accept(event(session, asked, "allow"));
        return responses.code(asked, code);
    }

    private Response gone(Request request, int status) {
        return errorPage.show(
                request,
                status,
                "This question was answered already, is too old, or was asked in another browser. Start again from the"
                        + " program.");
    }

    private AuditEvent event(BrowserSession session, AskedFor asked, String decision) {
        return new AuditEvent(
                clock.instant(),
                "consent.decided",
                session.person().id(),
                Optional.of(asked.clientId()),
                asked.clientId(),
                decision,
                Map.of());
    }
}
