package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which messages are looked for: everything given must hold, case does not matter.
 *
 * @param words in subject, text or addresses
 * @param folder empty for all but trash and spam
 */
record MailFilter(
        List<String> words,
        List<String> from,
        List<String> to,
        List<String> subject,
        Optional<String> folder,
        Optional<Instant> after,
        Optional<Instant> before,
        Optional<Boolean> unread,
        Optional<Boolean> attachment,
        Optional<String> messageId) {

    private static final Pattern TERM = Pattern.compile("(?:([a-z]+):)?(?:\"([^\"]*)\"|(\\S+))");

    /** The filter that a request's parameters make: {@code q} in the language of search boxes, or one for each field. */
    static MailFilter of(Incoming request, ZoneId zone) {
        var typed = typed(request.parameter("q").orElse(""), zone);
        return new MailFilter(
                joined(
                        typed.words,
                        request.parameter("text")
                                .map(text -> List.of(lower(text).split("\\s+")))),
                joined(typed.from, request.parameter("from").map(text -> List.of(lower(text)))),
                joined(typed.to, request.parameter("to").map(text -> List.of(lower(text)))),
                joined(typed.subject, request.parameter("subject").map(text -> List.of(lower(text)))),
                request.parameter("folder").or(() -> typed.folder),
                Api.instant(request, "after").or(() -> typed.after),
                Api.instant(request, "before").or(() -> typed.before),
                request.parameter("unread").map("true"::equals).or(() -> typed.unread),
                request.parameter("attachment").map("true"::equals).or(() -> typed.attachment),
                request.parameter("message-id"));
    }

    boolean holds(Letter letter) {
        var sender = party(letter.from());
        var receivers =
                parties(letter.recipients().to()) + parties(letter.recipients().cc());
        var subjectLine = lower(letter.subject());
        var all = subjectLine + "\n" + lower(letter.text()) + "\n" + sender + receivers
                + parties(letter.recipients().bcc());
        var away = letter.folder().equals(Letter.TRASH) || letter.folder().equals(Letter.SPAM);
        return words.stream().allMatch(all::contains)
                && from.stream().allMatch(sender::contains)
                && to.stream().allMatch(receivers::contains)
                && subject.stream().allMatch(subjectLine::contains)
                && folder.map(letter.folder()::equals).orElse(!away)
                && after.map(from -> !letter.at().isBefore(from)).orElse(true)
                && before.map(letter.at()::isBefore).orElse(true)
                && unread.map(wanted -> wanted != letter.read()).orElse(true)
                && attachment.map(wanted -> wanted != letter.files().isEmpty()).orElse(true)
                && messageId.map(letter.messageId()::equals).orElse(true);
    }

    /** What a person types: {@code from:carla budget after:2026-11-01}. */
    private static Typed typed(String query, ZoneId zone) {
        var typed = new Typed();
        var terms = TERM.matcher(query);
        while (terms.find()) {
            var name = Optional.ofNullable(terms.group(1)).orElse("");
            var value = lower(Optional.ofNullable(terms.group(2)).orElseGet(() -> terms.group(3)));
            switch (name) {
                case "from" -> typed.from.add(value);
                case "to" -> typed.to.add(value);
                case "subject" -> typed.subject.add(value);
                case "in" -> typed.folder = Optional.of(value);
                case "after" -> typed.after = Optional.of(day(value, zone));
                case "before" -> typed.before = Optional.of(day(value, zone));
                case "is" -> typed.unread = Optional.of(value.equals("unread"));
                case "has" -> typed.attachment = Optional.of(value.equals("attachment"));
                case "" -> typed.words.add(value);
                default -> typed.words.add(name + ":" + value);
            }
        }
        return typed;
    }

    private static final class Typed {
        private final List<String> words = new ArrayList<>();
        private final List<String> from = new ArrayList<>();
        private final List<String> to = new ArrayList<>();
        private final List<String> subject = new ArrayList<>();
        private Optional<String> folder = Optional.empty();
        private Optional<Instant> after = Optional.empty();
        private Optional<Instant> before = Optional.empty();
        private Optional<Boolean> unread = Optional.empty();
        private Optional<Boolean> attachment = Optional.empty();
    }

    private static Instant day(String text, ZoneId zone) {
        try {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.invalid("after: and before: take a date like 2026-03-29.");
        }
    }

    private static List<String> joined(List<String> some, Optional<List<String>> more) {
        var all = new ArrayList<>(some);
        more.ifPresent(all::addAll);
        return all;
    }

    private static String parties(List<Party> parties) {
        var text = new StringBuilder();
        parties.forEach(one -> text.append(party(one)));
        return text.toString();
    }

    private static String party(Party party) {
        return lower(party.name() + " <" + party.address() + ">\n");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
