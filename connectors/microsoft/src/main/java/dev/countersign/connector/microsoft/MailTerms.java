package dev.countersign.connector.microsoft;

import dev.countersign.connector.workspace.MailQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A query for messages. Words go into {@code $search}, in the keyword query language; what is exact goes into {@code $filter}.
 * Graph takes one of the two only, so with words all else is looked at again in what comes back.
 *
 * @see <a href="https://learn.microsoft.com/graph/search-query-parameter">$search on messages</a>
 */
record MailTerms(Optional<String> search, Optional<String> filter) {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** What means something in the language, besides words. */
    private static final Pattern SIGNS = Pattern.compile("[\"\\\\:()*<>=/]|(?<!\\S)[+-]+");

    private static final Pattern SAYS_SOMETHING = Pattern.compile(".*[\\p{L}\\p{N}].*", Pattern.DOTALL);

    /** Graph sorts by what it filters by first. */
    private static final String SORTED = "receivedDateTime ge 1900-01-01T00:00:00Z";

    static MailTerms of(MailQuery query) {
        var words = words(query);
        return words.isEmpty()
                ? new MailTerms(Optional.empty(), filter(query))
                : new MailTerms(Optional.of('"' + String.join(" AND ", words) + '"'), Optional.empty());
    }

    private static List<String> words(MailQuery query) {
        var terms = new ArrayList<String>();
        query.text().ifPresent(text -> add(terms, text, word -> word));
        query.from().ifPresent(text -> add(terms, text, word -> "from:" + word));
        query.to().ifPresent(text -> add(terms, text, word -> "(to:" + word + " OR cc:" + word + ")"));
        query.subject().ifPresent(text -> add(terms, text, word -> "subject:" + word));
        if (!terms.isEmpty()) {
            // whole days, and a day more on each side: days of which zone is not said
            query.after().ifPresent(at -> terms.add("received>=" + day(at, -1)));
            query.before().ifPresent(at -> terms.add("received<=" + day(at, 1)));
            query.attachment().filter(wanted -> wanted).ifPresent(wanted -> terms.add("hasAttachments:true"));
        }
        return terms;
    }

    private static String day(Instant at, int more) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().plusDays(more).toString();
    }

    /** In lower case, so that no word is an operator. */
    private static void add(List<String> terms, String text, UnaryOperator<String> term) {
        SPACE.splitAsStream(SIGNS.matcher(text).replaceAll(" "))
                .filter(word -> SAYS_SOMETHING.matcher(word).matches())
                .map(word -> term.apply(word.toLowerCase(Locale.ROOT)))
                .forEach(terms::add);
    }

    private static Optional<String> filter(MailQuery query) {
        var conditions = Stream.of(
                        query.after().map(at -> "receivedDateTime ge " + at),
                        query.before().map(at -> "receivedDateTime lt " + at),
                        query.unread().map(unread -> "isRead eq " + !unread),
                        query.attachment().map(attachment -> "hasAttachments eq " + attachment))
                .flatMap(Optional::stream)
                .toList();
        if (conditions.isEmpty()) {
            return Optional.empty();
        }
        var sorted = conditions.getFirst().startsWith("receivedDateTime") ? Stream.<String>empty() : Stream.of(SORTED);
        return Optional.of(
                String.join(" and ", Stream.concat(sorted, conditions.stream()).toList()));
    }

    /** Whether a message that came back is one that was asked for. */
    static boolean matches(MailQuery query, MailJson.Message message) {
        var at = MessageReading.date(message).toInstant();
        return query.after().map(after -> !at.isBefore(after)).orElse(true)
                && query.before().map(at::isBefore).orElse(true)
                && query.unread()
                        .map(unread -> !unread.equals(message.isRead().orElse(false)))
                        .orElse(true)
                && query.attachment()
                        .map(attachment ->
                                attachment.equals(message.hasAttachments().orElse(false)))
                        .orElse(true);
    }
}
