package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.StoreClosedException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ConnectionException;

/** What IMAP servers answer when they refuse, and what to do next. Their own words stay out. */
final class MailFailures {
    private record Meaning(Kind kind, String words) {}

    private static final Pattern CODE = Pattern.compile("\\[([A-Za-z-]+)");

    /** Response codes of RFC 9051 section 7.1. */
    private static final Map<String, Meaning> CODES = Map.of(
            "OVERQUOTA",
            new Meaning(Kind.FORBIDDEN, "The mailbox is full. Ask the person to make room, then call again."),
            "NOPERM",
            new Meaning(Kind.FORBIDDEN, "The account may not do this in that folder. Use another folder."),
            "READ-ONLY",
            new Meaning(Kind.FORBIDDEN, "That folder can only be read. Use another folder."),
            "CANNOT",
            new Meaning(Kind.FORBIDDEN, "The mail server never allows this. Use another folder."),
            "LIMIT",
            new Meaning(Kind.RATE_LIMITED, "The mail server's limit is reached and nothing was done. Try again later."),
            "INUSE",
            new Meaning(Kind.RATE_LIMITED, "The mailbox is in use and nothing was done. Try again in a minute."),
            "UNAVAILABLE",
            new Meaning(Kind.UNAVAILABLE, "The mail server cannot answer just now. Try again later."),
            "NONEXISTENT",
            new Meaning(Kind.NOT_FOUND, "There is no such folder. Call mail_list_folders and use an id from it."),
            "TRYCREATE",
            new Meaning(Kind.NOT_FOUND, "There is no such folder. Call mail_list_folders and use an id from it."),
            "BADCHARSET",
            new Meaning(Kind.INVALID, "The mail server searches for plain ASCII words only. Search for such words."));

    private MailFailures() {}

    static UpstreamException of(MessagingException failure) {
        return cause(failure, UpstreamException.class).orElseGet(() -> read(failure));
    }

    static UpstreamException of(IOException failure) {
        return cause(failure, UpstreamException.class).orElseGet(() -> lost(failure));
    }

    private static UpstreamException read(MessagingException failure) {
        if (failure instanceof FolderNotFoundException) {
            return of(CODES.getOrDefault("NONEXISTENT", refused()), failure);
        }
        if (failure instanceof ReadOnlyFolderException) {
            return of(CODES.getOrDefault("READ-ONLY", refused()), failure);
        }
        if (failure instanceof FolderClosedException
                || failure instanceof StoreClosedException
                || cause(failure, ConnectionException.class).isPresent()
                || cause(failure, IOException.class).isPresent()) {
            return lost(failure);
        }
        return cause(failure, CommandFailedException.class)
                .map(refusal -> of(meaning(String.valueOf(refusal.getMessage())), failure))
                .orElseGet(() -> new UpstreamException(
                        Kind.BROKEN,
                        "The mail server's answer could not be read. Try again, or use the mail program.",
                        Optional.empty(),
                        Optional.of(failure)));
    }

    private static Meaning meaning(String answer) {
        var code = CODE.matcher(answer);
        return code.find() ? CODES.getOrDefault(code.group(1).toUpperCase(Locale.ROOT), refused()) : refused();
    }

    private static Meaning refused() {
        return new Meaning(Kind.FORBIDDEN, "The mail server refused this and nothing was done. Use the mail program.");
    }

    private static UpstreamException of(Meaning meaning, Throwable cause) {
        return new UpstreamException(meaning.kind(), meaning.words(), Optional.empty(), Optional.of(cause));
    }

    private static UpstreamException lost(Throwable cause) {
        return new UpstreamException(
                Kind.NO_ANSWER,
                "The connection to the mail server was lost. Try again in a minute.",
                Optional.empty(),
                Optional.of(cause));
    }

    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
