package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages in the shapes that the reference of {@code users.messages} shows. */
class MessageReadingTest {
    private final MessageReading reading = new MessageReading(() -> "me@example.com");

    private static String base64(String text, Charset charset) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(charset));
    }

    private Message read(String labels, String payload) {
        var json = """
            {"id": "19a", "threadId": "19a", "labelIds": [%s], "snippet": "Tom &amp; Jerry&#39;s &lt;plan&gt;",
             "historyId": "7", "internalDate": "1773828000000", "sizeEstimate": 100, "payload": %s}
            """.formatted(labels, payload);
        return reading.message(
                Json.read(json.getBytes(StandardCharsets.UTF_8), MailJson.Message.class), Optional.empty());
    }

    private Message text(String contentType, String data) {
        return read("\"INBOX\"", """
            {"partId": "", "mimeType": "text/plain", "filename": "", "headers": [
              {"name": "Content-Type", "value": "%s"}, {"name": "FROM", "value": "a@b.test"}],
             "body": {"size": 3, "data": "%s"}}
            """.formatted(contentType.replace("\"", "\\\""), data));
    }

    private Message headers(String... namesAndValues) {
        var headers = new StringBuilder();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            headers.append(i == 0 ? "" : ",")
                    .append(FakeGoogle.JSON
                            .createObjectNode()
                            .put("name", namesAndValues[i])
                            .put("value", namesAndValues[i + 1]));
        }
        return read("", "{\"mimeType\": \"text/plain\", \"headers\": [" + headers + "], \"body\": {\"size\": 0}}");
    }

    @Test
    void headers_areReadEncodedAndDecoded() {
        var encoded =
                headers("From", "=?UTF-8?Q?J=C3=B6rg?= <j@x.test>", "Subject", "=?UTF-8?B?R3LDvMOfZQ==?= an\r\n alle");
        assertThat(encoded.from()).isEqualTo(new Mailbox("j@x.test", Optional.of("Jörg")));
        assertThat(encoded.subject()).isEqualTo("Grüße an alle");
        var decoded = headers("From", "Jörg <j@x.test>", "Subject", "Grüße");
        assertThat(decoded.from()).isEqualTo(new Mailbox("j@x.test", Optional.of("Jörg")));
        assertThat(decoded.subject()).isEqualTo("Grüße");
    }

    @Test
    void addresses_areReadWhateverTheirForm() {
        var message = headers(
                "From", "\"Baker, Bob\" <bob@x.test>",
                "To", "Team: a@x.test, B <b@x.test>;, c@x.test",
                "Cc", "undisclosed-recipients:;",
                "References", "<1@x>\r\n <2@x> garbage <3@x>",
                "In-Reply-To", "<3@x> (comment)");
        assertThat(message.from()).isEqualTo(new Mailbox("bob@x.test", Optional.of("Baker, Bob")));
        assertThat(message.to()).extracting(Mailbox::address).containsExactly("a@x.test", "b@x.test", "c@x.test");
        assertThat(message.cc()).isEmpty();
        assertThat(message.references()).containsExactly("<1@x>", "<2@x>", "<3@x>");
        assertThat(message.inReplyTo()).contains("<3@x>");
    }

    @Test
    void messageWithoutSender_isOwn() {
        assertThat(headers("To", "a@b.test").from()).isEqualTo(Mailbox.of("me@example.com"));
    }

    @Test
    void snippet_isPlainText() {
        assertThat(headers("To", "a@b.test").snippet()).isEqualTo("Tom & Jerry's <plan>");
    }

    @Test
    void labels_areFoldersAndMarksAreNone() {
        assertThat(read("\"UNREAD\", \"STARRED\", \"CATEGORY_SOCIAL\", \"Label_7\"", "{\"mimeType\": \"text/plain\"}"))
                .satisfies(message -> assertThat(message.folders()).containsExactly("ARCHIVE", "Label_7"))
                .satisfies(message -> assertThat(message.unread()).isTrue());
    }

    @Test
    void text_isReadInItsCharset() {
        var utf8 = StandardCharsets.UTF_8;
        var latin = StandardCharsets.ISO_8859_1;
        var japanese = Charset.forName("ISO-2022-JP");
        assertThat(body(text("text/plain; charset=\"iso-8859-1\"", base64("Grüße", latin))))
                .isEqualTo("Grüße");
        assertThat(body(text("text/plain; charset=iso-8859-1", base64("Grüße", utf8))))
                .isEqualTo("Grüße");
        assertThat(body(text("text/plain; charset=ISO-2022-JP", base64("日本", japanese))))
                .isEqualTo("日本");
        assertThat(body(text("text/plain; charset=nonsense", base64("x\r\ny", utf8))))
                .isEqualTo("x\ny");
    }

    private static String body(Message message) {
        return message.body().orElseThrow().text();
    }

    @Test
    void htmlAlone_isReadAsText() {
        var html = "<style>p{}</style><p>Hello&nbsp;Bob,</p><p>see <a href=\"https://x.test/a\">here</a>"
                + "<ul><li>one<li>two</ul><script>x()</script>";
        var message = read("", """
            {"partId": "", "mimeType": "text/html", "headers": [], "body": {"size": 3, "data": "%s"}}
            """.formatted(base64(html, StandardCharsets.UTF_8)));
        assertThat(message.body().orElseThrow().html()).contains(html);
        assertThat(body(message).lines().map(String::strip).filter(line -> !line.isEmpty()))
                .containsExactly("Hello Bob,", "see here (https://x.test/a)", "- one", "- two");
    }

    @Test
    void tree_isTakenApartIntoTextAndFiles() {
        var plain = base64("Plain", StandardCharsets.UTF_8);
        var html = base64("<b>Rich</b>", StandardCharsets.UTF_8);
        var message = read("", """
            {"partId": "", "mimeType": "multipart/mixed", "filename": "", "headers": [], "body": {"size": 0}, "parts": [
              {"partId": "0", "mimeType": "multipart/related", "body": {"size": 0}, "parts": [
                {"partId": "0.0", "mimeType": "multipart/alternative", "body": {"size": 0}, "parts": [
                  {"partId": "0.0.0", "mimeType": "text/plain", "filename": "", "body": {"size": 5, "data": "%s"}},
                  {"partId": "0.0.1", "mimeType": "text/html", "filename": "", "body": {"size": 9, "data": "%s"}}]},
                {"partId": "0.1", "mimeType": "image/png", "filename": "logo.png",
                 "headers": [{"name": "Content-ID", "value": "<logo>"}], "body": {"attachmentId": "A1", "size": 70}}]},
              {"partId": "1", "mimeType": "message/rfc822", "filename": "", "headers": [], "body": {"size": 30},
               "parts": [{"partId": "1.0", "mimeType": "text/plain", "body": {"size": 3, "data": "Zm9v"}}]},
              {"partId": "2", "mimeType": "text/plain", "filename": "notes.txt",
               "headers": [{"name": "Content-Disposition", "value": "attachment; filename=notes.txt"}],
               "body": {"attachmentId": "A2", "size": 4}}]}
            """.formatted(plain, html));
        assertThat(body(message)).isEqualTo("Plain");
        assertThat(message.body().orElseThrow().html()).contains("<b>Rich</b>");
        assertThat(message.attachments())
                .containsExactly(
                        new AttachmentInfo("0.1", "logo.png", "image/png", 70, true),
                        new AttachmentInfo("1", "noname", "message/rfc822", 30, false),
                        new AttachmentInfo("2", "notes.txt", "text/plain", 4, false));
    }

    @Test
    void fileAlone_isAnAttachment() {
        var message = read("", """
            {"partId": "", "mimeType": "application/pdf", "filename": "a.pdf", "headers": [],
             "body": {"attachmentId": "A1", "size": 9}}
            """);
        assertThat(message.attachments()).extracting(AttachmentInfo::id).containsExactly("whole");
        assertThat(body(message)).isEmpty();
    }
}
