package dev.countersign.console;

import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;

/** Lets only signed-in people through, and only posts that come from their own forms. */
final class Guard {
    private final BrowserSessions sessions;

    Guard(BrowserSessions sessions) {
        this.sessions = sessions;
    }

    /** An endpoint for a person who is signed in. */
    @FunctionalInterface
    interface Personal {
        Response answer(Request request, BrowserSession session) throws Exception;
    }

    /** Shows a page; asks to sign in first where nobody is. */
    Endpoint page(Personal endpoint) {
        return request -> {
            var session = sessions.of(request);
            return session.isPresent()
                    ? endpoint.answer(request, session.get())
                    : Response.seeOther(LocalPath.signInThen(request.pathAndQuery()));
        };
    }

    /** Takes a form's post: 403 when the form is not this session's. */
    Endpoint form(Personal endpoint) {
        return request -> {
            var session = sessions.of(request);
            if (session.isEmpty()) {
                return Response.seeOther("/sign-in");
            }
            sessions.checkCsrf(request, session.get());
            return endpoint.answer(request, session.get());
        };
    }
}
