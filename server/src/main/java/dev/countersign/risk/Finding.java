package dev.countersign.risk;

import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;

/**
 * What a rule says of one call, before it is a {@link Signal}.
 *
 * @param subject what it is about: the same code and subject from one client is signalled once within the window
 */
record Finding(Code code, Response response, String words, double figure, String subject) {
    static Finding raise(Code code, String words, double figure, String subject) {
        return new Finding(code, Response.RAISE, words, figure, subject);
    }
}
