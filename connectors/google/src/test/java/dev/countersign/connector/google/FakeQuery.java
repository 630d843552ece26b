package dev.countersign.connector.google;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The part of Gmail's search language that the documents describe and the connector uses. */
record FakeQuery(List<Term> terms) {
    private static final Pattern TERM = Pattern.compile("(\\{[^}]*})|(-?)(?:([a-z0-9_]+):)?(\"[^\"]*\"|[^\\s\"{}]+)");
    private static final Map<String, String> PLACES =
            Map.of("inbox", "INBOX", "sent", "SENT", "drafts", "DRAFT", "trash", "TRASH", "spam", "SPAM");

    /** Any of {@code either} when it is not empty. */
    record Term(boolean not, String operator, String value, List<Term> either) {}

    static FakeQuery of(String query) {
        return new FakeQuery(TERM.matcher(query).results().map(FakeQuery::term).toList());
    }

    private static Term term(MatchResult found) {
        if (found.group(1) != null) {
            var inner = of(found.group(1).substring(1, found.group(1).length() - 1));
            return new Term(false, "", "", inner.terms());
        }
        return new Term(
                found.group(2).equals("-"),
                found.group(3) == null ? "" : found.group(3),
                found.group(4).replace("\"", "").toLowerCase(Locale.ROOT),
                List.of());
    }

    boolean matches(FakeMessage message) {
        return terms.stream().allMatch(term -> matches(term, message));
    }

    private static boolean matches(Term term, FakeMessage message) {
        return term.either().isEmpty()
                ? term.not() != holds(term, message)
                : term.either().stream().anyMatch(one -> matches(one, message));
    }

    private static boolean holds(Term term, FakeMessage message) {
        return switch (term.operator()) {
            case "from", "to", "cc", "subject" ->
                decoded(message.header(term.operator())).contains(term.value());
            case "after" -> message.date().isAfter(Instant.ofEpochSecond(Long.parseLong(term.value())));
            case "before" -> message.date().isBefore(Instant.ofEpochSecond(Long.parseLong(term.value())));
            case "is" -> message.has("UNREAD") == term.value().equals("unread");
            case "has" -> text(message.parsed()).contains("content-disposition: attachment");
            case "in" -> message.has(PLACES.get(term.value()));
            case "newer_than" ->
                message.date()
                        .isAfter(Instant.now()
                                .minusSeconds(
                                        86_400L * Long.parseLong(term.value().replace("d", ""))));
            case "rfc822msgid" ->
                message.messageId()
                        .filter(("<" + term.value() + ">")::equalsIgnoreCase)
                        .isPresent();
            case "" -> text(message.parsed()).contains(term.value());
            default -> throw Refused.badRequest("unknown operator " + term.operator());
        };
    }

    private static String decoded(String header) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(header)).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Headers, words and the headers of parts. */
    private static String text(MimeMessage mime) {
        try {
            var text = new StringBuilder();
            for (var name : List.of("Subject", "From", "To", "Cc")) {
                text.append(decoded(FakeMessage.header(mime, name))).append('\n');
            }
            append(text, mime.getContent());
            return text.toString().toLowerCase(Locale.ROOT);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(StringBuilder text, Object content) throws MessagingException, IOException {
        if (!(content instanceof Multipart parts)) {
            text.append(content).append('\n');
            return;
        }
        for (var i = 0; i < parts.getCount(); i++) {
            var part = parts.getBodyPart(i);
            var disposition = part.getHeader("Content-Disposition");
            text.append(
                    disposition == null
                            ? ""
                            : "Content-Disposition: "
                                    + Arrays.toString(disposition).substring(1));
            append(text.append('\n'), part.getContent());
        }
    }
}
