package dev.countersign.oauth;

import dev.countersign.http.Request;
import dev.countersign.http.Response;

/** Tells a person in the browser why an authorization cannot go on, where the client must not be told by a redirect. */
@FunctionalInterface
public interface ErrorPage {
    Response show(Request request, int status, String sentence);

    /** Without any pages. */
    ErrorPage PLAIN = (request, status, sentence) -> Response.text(status, sentence + "\n");
}
