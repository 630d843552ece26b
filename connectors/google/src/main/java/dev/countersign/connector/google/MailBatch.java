package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads many messages with one request. What fails within a batch is read again by itself; what is gone is left out.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/batch">Batching requests</a>
 */
final class MailBatch {
    /** Larger ones are slowed down, the documentation says. */
    private static final int MESSAGES_A_BATCH = 50;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    private static final String PART = "partId,mimeType,filename,headers,body(attachmentId,size)";

    /** What a list shows: headers and the outline, three levels deep, without any content. */
    private static final String BRIEF = "format=full&fields=id,threadId,labelIds,snippet,internalDate,payload(" + PART
            + ",parts(" + PART + ",parts(" + PART + ",parts(" + PART + "))))";

    private static final String MARKS =
            "format=metadata&metadataHeaders=Message-ID&metadataHeaders=" + MailWriter.CALL_HEADER;

    private final Upstream gmail;

    MailBatch(Upstream gmail) {
        this.gmail = gmail;
    }

    /** What lists need of these messages, in this order. */
    List<MailJson.Message> brief(List<String> ids) {
        return read(ids, BRIEF);
    }

    /** The headers that tell which call wrote these messages. */
    List<MailJson.Message> marks(List<String> ids) {
        return read(ids, MARKS);
    }

    private List<MailJson.Message> read(List<String> ids, String query) {
        var messages = new ArrayList<MailJson.Message>();
        for (var from = 0; from < ids.size(); from += MESSAGES_A_BATCH) {
            messages.addAll(batch(ids.subList(from, Math.min(ids.size(), from + MESSAGES_A_BATCH)), query));
        }
        return messages;
    }

    private List<MailJson.Message> batch(List<String> ids, String query) {
        if (ids.size() == 1) {
            return single(ids.getFirst(), query).stream().toList();
        }
        var requests = new Multipart();
        for (var i = 0; i < ids.size(); i++) {
            if (!ID.matcher(ids.get(i)).matches()) {
                // stands in a request line: read by itself, where it is encoded
                continue;
            }
            var request = "GET /gmail/v1/users/me/messages/" + ids.get(i) + "?" + query + "\r\n";
            requests.add(
                    List.of("Content-Type: application/http", "Content-ID: <" + i + ">"),
                    request.getBytes(StandardCharsets.US_ASCII));
        }
        var answer = gmail.post("batch/gmail/v1")
                .body(requests.end(), requests.contentType("mixed"))
                .bytes();
        var answers = Multipart.parts(answer).stream().map(Answer::of).toList();
        return IntStream.range(0, ids.size())
                .mapToObj(i -> message(ids.get(i), i, answers, query))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<MailJson.Message> message(String id, int number, List<Answer> answers, String query) {
        var answer = answers.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElse(Answer.NONE);
        return switch (answer.status()) {
            case 200 -> Optional.of(Json.read(answer.body(), MailJson.Message.class));
            case 404 -> Optional.empty();
            default -> single(id, query);
        };
    }

    private Optional<MailJson.Message> single(String id, String query) {
        var request = gmail.get("gmail/v1/users/me/messages/{id}", id);
        for (var parameter : query.split("&")) {
            var parts = parameter.split("=", 2);
            request.query(parts[0], parts[1]);
        }
        return Absent.ifNotFound(() -> Absent.byId(() -> request.as(MailJson.Message.class)));
    }

    /** One answer within the answer. */
    private record Answer(int number, int status, byte[] body) {
        static final Answer NONE = new Answer(-1, 0, new byte[0]);

        /** Its id is that of the request, with {@code response-} before it; its content is a whole HTTP answer. */
        static Answer of(BodyPart part) {
            try {
                var id = Objects.requireNonNullElse(part.getHeader("Content-ID"), new String[] {""})[0];
                var text = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                var head = text.split("\r?\n\r?\n", 2);
                var status = head[0].strip().split(" ", 3);
                return new Answer(
                        number(id),
                        number(status.length > 1 ? status[1] : ""),
                        (head.length > 1 ? head[1] : "").getBytes(StandardCharsets.UTF_8));
            } catch (IOException | MessagingException e) {
                return NONE;
            }
        }

        private static int number(String text) {
            var digits = text.replaceAll("[^0-9]", "");
            return digits.isEmpty() || digits.length() > 6 ? -1 : Integer.parseInt(digits);
        }
    }
}
