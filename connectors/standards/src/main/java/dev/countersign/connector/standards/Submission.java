package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Hands one message to the account's mail host. RFC 6409. */
final class Submission extends SMTPTransport {
    static final String SERVER = "smtp";

    /** Hosts look for spam before they answer; RFC 5321 section 4.5.3.2.6 would have ten minutes. */
    private static final int ANSWER_MILLISECONDS = 120_000;

    private static final int TRANSIENT = 400;
    private static final int PERMANENT = 500;
    private static final int BEYOND = 600;

    /** Whether the line that ends a message may have been sent: from then on the host may have taken it. */
    private boolean ended;

    private Submission(Session session) {
        super(session, new URLName("smtp", null, -1, null, null, null));
    }

    /**
     * Sends, and gives the recipients that the host would not take while it took others. Fails with {@code NO_ANSWER} when
     * the host may have taken the message, and with another kind when it surely has not.
     */
    static List<String> send(Upstream upstream, Letter letter, String from) {
        var socket = new ConnectedSocket(upstream.connect(SERVER));
        try (var transport = new Submission(Session.getInstance(properties(from)))) {
            socket.setSoTimeout(ANSWER_MILLISECONDS);
            return transport.sent(socket, letter);
        } catch (MessagingException | IOException e) {
            throw refused(
                    Kind.NOT_SENT,
                    "The mail host would not take mail just now and nothing was sent. Try again" + " later.",
                    e);
        }
    }

    private static Properties properties(String from) {
        var properties = new Properties();
        properties.put("mail.smtp.from", from);
        properties.put("mail.smtp.sendpartial", "true");
        // RFC 5321 section 4.1.3; what this machine is called is nobody's business
        properties.put("mail.smtp.localhost", "[127.0.0.1]");
        properties.put("mail.smtp.quitwait", "false");
        return properties;
    }

    private List<String> sent(ConnectedSocket socket, Letter letter) throws MessagingException {
        connect(socket);
        try {
            sendMessage(letter.message(), letter.recipients().toArray(Address[]::new));
            return List.of();
        } catch (SendFailedException e) {
            if (e.getValidSentAddresses() != null && e.getValidSentAddresses().length > 0) {
                return untaken(e);
            }
            throw failure(e);
        } catch (MessagingException e) {
            throw failure(e);
        }
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        ended = true;
        super.finishData();
    }

    private static List<String> untaken(SendFailedException failure) {
        return Stream.of(failure.getInvalidAddresses(), failure.getValidUnsentAddresses())
                .flatMap(addresses -> addresses == null ? Stream.<Address>empty() : Arrays.stream(addresses))
                .map(Address::toString)
                .distinct()
                .toList();
    }

    private UpstreamException failure(MessagingException failure) {
        var code = code(failure);
        if (code >= TRANSIENT && code < PERMANENT) {
            return refused(
                    Kind.RATE_LIMITED,
                    "The mail host did not take the mail just now and nothing was sent. Try again later.",
                    failure);
        }
        if (code >= PERMANENT && code < BEYOND) {
            return refused(Kind.INVALID, words(failure), failure);
        }
        return ended
                ? refused(
                        Kind.NO_ANSWER,
                        "The connection to the mail host was lost before it said whether it took the mail.",
                        failure)
                : refused(
                        Kind.NOT_SENT,
                        "The connection to the mail host was lost before the mail was sent. Nothing was sent.",
                        failure);
    }

    private static String words(MessagingException failure) {
        var untaken = failure instanceof SendFailedException refusal ? untaken(refusal) : List.<String>of();
        return MailFailures.cause(failure, SMTPAddressFailedException.class).isPresent()
                        || chain(failure).anyMatch(SMTPAddressFailedException.class::isInstance)
                ? "The mail host took none of the recipients and nothing was sent: " + String.join(", ", untaken)
                        + ". Check the addresses."
                : "The mail host refused the mail and nothing was sent. It may be too large, look like spam, or be"
                        + " from an address that is not the account's.";
    }

    /** The code that the host answered with; 0 when it did not. */
    private static int code(MessagingException failure) {
        return chain(failure)
                .map(one -> switch (one) {
                    case SMTPSendFailedException refusal -> refusal.getReturnCode();
                    case SMTPAddressFailedException refusal -> refusal.getReturnCode();
                    default -> 0;
                })
                .filter(code -> code >= TRANSIENT)
                .findFirst()
                .orElse(0);
    }

    private static Stream<Exception> chain(MessagingException failure) {
        return Stream.iterate(
                (Exception) failure,
                one -> one != null,
                one -> one instanceof MessagingException next ? next.getNextException() : null);
    }

    private static UpstreamException refused(Kind kind, String words, Throwable cause) {
        return new UpstreamException(kind, words, Optional.empty(), Optional.of(cause));
    }
}
