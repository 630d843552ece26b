package dev.countersign.oauth;

import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;

/**
 * Shows a question to a person. The form posts to {@code /authorize/decision}: {@code request}, {@code csrf},
 * {@code decision} ({@code allow} or {@code deny}) and {@code scope} for each scope that is left checked.
 */
@FunctionalInterface
public interface ConsentPage {
    Response ask(Request request, BrowserSession session, ConsentQuestion question);
}
