package dev.countersign.connector.google;

import dev.countersign.connector.workspace.MailQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A query in Gmail's search language. Every word of the caller stands in quotation marks, so that none is read as an
 * operator.
 *
 * @see <a href="https://support.google.com/mail/answer/7190">Gmail's search operators</a>
 */
final class MailTerms {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SAYS_SOMETHING = Pattern.compile(".*[\\p{L}\\p{N}].*", Pattern.DOTALL);

    private final List<String> terms = new ArrayList<>();

    /** What {@link MailQuery} asks, less its folder where that is a label. */
    static MailTerms of(MailQuery query) {
        var terms = new MailTerms();
        query.text().ifPresent(text -> terms.words("", text));
        query.from().ifPresent(text -> terms.words("from:", text));
        query.to().ifPresent(text -> terms.either(List.of("to:", "cc:"), text));
        query.subject().ifPresent(text -> terms.words("subject:", text));
        // seconds, and a second more on each side: the rest is done on what comes back
        query.after().ifPresent(at -> terms.add("after:" + (at.getEpochSecond() - 1)));
        query.before().ifPresent(at -> terms.add("before:" + (at.getEpochSecond() + 1)));
        query.unread().ifPresent(unread -> terms.add(unread ? "is:unread" : "is:read"));
        query.attachment().ifPresent(attachment -> terms.add(attachment ? "has:attachment" : "-has:attachment"));
        return terms;
    }

    /** An own term. */
    MailTerms add(String term) {
        terms.add(term);
        return this;
    }

    MailTerms words(String operator, String text) {
        quoted(text).forEach(word -> add(operator + word));
        return this;
    }

    private void either(List<String> operators, String text) {
        quoted(text)
                .forEach(word -> add("{"
                        + String.join(
                                " ",
                                operators.stream()
                                        .map(operator -> operator + word)
                                        .toList()) + "}"));
    }

    private static List<String> quoted(String text) {
        return SPACE.splitAsStream(text.replace('"', ' '))
                .filter(word -> SAYS_SOMETHING.matcher(word).matches())
                .map(word -> '"' + word + '"')
                .toList();
    }

    /** Empty when nothing is asked. */
    Optional<String> query() {
        return Absent.filled(Optional.of(String.join(" ", terms)));
    }
}
