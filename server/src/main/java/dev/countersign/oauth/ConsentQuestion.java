package dev.countersign.oauth;

import java.util.List;

/**
 * What a person is asked before a client gets access.
 *
 * @param requestId goes back in the field {@code request}
 * @param clientName the client's own word
 * @param clientHost the host that the client's name may be judged by
 * @param redirectHost where the answer goes: a host, or what a private-use scheme starts
 * @param formAction the source that the page's {@code form-action} must allow besides {@code 'self'}, since the answer to the form
 *     redirects there
 * @param scopes all that is asked, in the order of {@link Scope#ORDER}
 * @param alreadyGranted what this person has granted this client before under the same redirect URI, asked again or not
 * @param warnings whole sentences for the person, e.g. that the client runs on this computer and cannot be told from others
 */
public record ConsentQuestion(
        String requestId,
        String clientName,
        String clientHost,
        String redirectHost,
        String formAction,
        List<Scope> scopes,
        List<Scope> alreadyGranted,
        List<String> warnings) {
    public ConsentQuestion {
        scopes = List.copyOf(scopes);
        alreadyGranted = List.copyOf(alreadyGranted);
        warnings = List.copyOf(warnings);
    }
}
