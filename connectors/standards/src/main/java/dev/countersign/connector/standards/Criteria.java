package dev.countersign.connector.standards;

import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * Keys of a search, all of which must hold, RFC 9051 section 6.4.4. Angus Mail has no term for {@code TEXT}, and searches for
 * what it has no term for by reading every message.
 */
final class Criteria {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);

    private record Part(String atom, boolean text) {}

    private final List<Part> parts = new ArrayList<>();

    /** What is marked as deleted is gone. */
    Criteria() {
        key("UNDELETED");
    }

    private Criteria(List<Part> parts) {
        this.parts.addAll(parts);
    }

    Criteria copy() {
        return new Criteria(parts);
    }

    Criteria key(String key) {
        parts.add(new Part(key, false));
        return this;
    }

    Criteria text(String key, String value) {
        key(key);
        parts.add(new Part(value, true));
        return this;
    }

    /** Part of a header, whatever its case. */
    Criteria header(String name, String value) {
        return key("HEADER").key(name).word(value);
    }

    private Criteria word(String value) {
        parts.add(new Part(value, true));
        return this;
    }

    /** Received on this day or later, by the server's own clock. */
    Criteria since(LocalDate day) {
        return key("SINCE").key(DATE.format(day));
    }

    Criteria before(LocalDate day) {
        return key("BEFORE").key(DATE.format(day));
    }

    /** UIDs in the order in which the server gives them. */
    long[] search(IMAPFolder folder) throws MessagingException {
        var answers = (Response[]) folder.doCommand(protocol -> {
            var said = protocol.command(command(), arguments());
            protocol.notifyResponseHandlers(said);
            protocol.handleResult(said[said.length - 1]);
            return said;
        });
        return Arrays.stream(answers)
                .filter(IMAPResponse.class::isInstance)
                .map(IMAPResponse.class::cast)
                .filter(answer -> answer.keyEquals("SEARCH"))
                .flatMapToLong(answer -> numbers(answer).stream().mapToLong(Long::longValue))
                .toArray();
    }

    private static List<Long> numbers(IMAPResponse answer) {
        var numbers = new ArrayList<Long>();
        for (var number = answer.readLong(); number != -1; number = answer.readLong()) {
            numbers.add(number);
        }
        return numbers;
    }

    private String command() {
        var ascii = parts.stream()
                .allMatch(part -> StandardCharsets.US_ASCII.newEncoder().canEncode(part.atom()));
        return ascii ? "UID SEARCH" : "UID SEARCH CHARSET UTF-8";
    }

    private Argument arguments() {
        var arguments = new Argument();
        for (var part : parts) {
            if (part.text()) {
                arguments.writeString(part.atom(), StandardCharsets.UTF_8);
            } else {
                arguments.writeAtom(part.atom());
            }
        }
        return arguments;
    }
}
