package dev.countersign.console;

import java.util.List;

/**
 * What the consent page shows: who asks, for what, and where the answer goes.
 *
 * @param request names the request that waits
 * @param initial the client's first letter, for its picture
 * @param clientHost who vouches for the client's name, or in words that nobody does
 * @param returnsTo where the browser goes with the answer
 * @param here this page's own path, to come back to
 */
public record ConsentView(
        String request,
        String client,
        String initial,
        String clientHost,
        String returnsTo,
        String here,
        List<Ask> asks,
        List<Notice> warnings) {
    public ConsentView {
        asks = List.copyOf(asks);
        warnings = List.copyOf(warnings);
    }

    /**
     * One scope.
     *
     * @param caution whether it reaches other people
     * @param held whether the client has it already
     */
    public record Ask(String scope, String words, Icon icon, boolean caution, boolean held) {}
}
