package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Threading;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailWriterTest {
    private static final CallKey CALL = CallKey.of("0123456789abcdefghijklmnop");
    private static final Mailbox BOB = Mailbox.of("bob@example.com");

    private static Outgoing mail(Mailbox to, String subject, String text, List<FileContent> files) {
        return new Outgoing(List.of(to), List.of(), List.of(), subject, text, files, Optional.empty());
    }

    private static Outgoing answering(String inReplyTo, List<String> references) {
        var threading = new Threading("id", Optional.of("thread"), Optional.of(inReplyTo), references);
        return new Outgoing(List.of(BOB), List.of(), List.of(), "Re", "Yes", List.of(), Optional.of(threading));
    }

    private static String written(Outgoing mail) {
        return new String(MailWriter.mime(mail, CALL), StandardCharsets.US_ASCII);
    }

    private static MimeMessage read(Outgoing mail) {
        return FakeMessage.parsed(MailWriter.mime(mail, CALL));
    }

    @Test
    void umlauts_comeBackAndTravelAsAscii() throws Exception {
        var mail = mail(
                new Mailbox("joerg@example.com", Optional.of("Müller, Jörg \"JM\"")),
                "Änderung ✓ 日本語",
                "Grüße,\n\n  eingerückt\n.\nFrom hier\n" + "ü".repeat(2000),
                List.of());
        var read = read(mail);
        assertThat(read.getSubject()).isEqualTo(mail.subject());
        assertThat(((InternetAddress) read.getAllRecipients()[0]).getPersonal()).isEqualTo("Müller, Jörg \"JM\"");
        assertThat(read.getContent().toString().replace("\r\n", "\n")).isEqualTo(mail.text());
        assertThat(MailWriter.mime(mail, CALL)).inHexadecimal().doesNotContain(new byte[] {(byte) 0xc3});
    }

    @Test
    void longSubject_isFoldedAndComesBack() throws Exception {
        var subject = "Überlang " + "wort ".repeat(170) + "Ende";
        assertThat(written(mail(BOB, subject, "x", List.of())).lines()).allMatch(line -> line.length() <= 200);
        assertThat(read(mail(BOB, subject, "x", List.of())).getSubject()).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Übersicht 2026 (final).pdf",
                "a\"b;c=d.txt",
                "back\\slash 'quoted'.txt",
                "very long name with many words and ümläuts, as people and scanners give them every day, really.pdf",
                "日本語.txt",
                "../../etc/passwd"
            })
    void oddFileName_comesBack(String name) throws Exception {
        var bytes = new byte[5000];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 31));
        var file = new FileContent(name, "application/pdf", bytes);
        var parts = (Multipart) read(mail(BOB, "File", "See", List.of(file))).getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo(name);
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(bytes);
        assertThat(parts.getBodyPart(1).isMimeType("application/pdf")).isTrue();
    }

    @Test
    void mediaTypeOfManyParts_isBytesOnly() throws Exception {
        var file = new FileContent("x.eml", "message/rfc822", new byte[] {1, 2, 3});
        var parts = (Multipart) read(mail(BOB, "File", "See", List.of(file))).getContent();
        assertThat(parts.getBodyPart(1).isMimeType("application/octet-stream")).isTrue();
    }

    @Test
    void answer_namesWhatItAnswers() throws Exception {
        var references = IntStream.range(0, 20)
                .mapToObj(i -> "<message-" + i + "@a-long-name-of-a-host.example.com>")
                .toList();
        var read = read(answering(references.getLast(), references));
        assertThat(read.getHeader("In-Reply-To", null)).isEqualTo(references.getLast());
        assertThat(read.getHeader("References", null).split("\\s+")).containsExactlyElementsOf(references);
        assertThat(written(answering(references.getLast(), references)).lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void call_marksTheMessage() throws Exception {
        var read = read(mail(BOB, "Hi", "x", List.of()));
        assertThat(read.getMessageID()).isEqualTo("<" + CALL.messageId() + ">");
        assertThat(read.getHeader(MailWriter.CALL_HEADER, null)).isEqualTo(CALL.header());
        assertThat(read.getFrom()).isNull();
    }

    @Test
    void storedMessage_isMarkedAndElseLeftAlone() {
        var body = "--b\r\nContent-Type: text/plain\r\n\r\nGr=FC=DFe  \r\n--b--\r\n";
        var stored = "From: a@example.com\r\nMessage-ID: <old@x>\r\nX-Other: kept\r\n"
                + "Content-Type: multipart/signed; boundary=b\r\n\r\n" + body;
        var marked = new String(
                MailWriter.ofCall(stored.getBytes(StandardCharsets.US_ASCII), CALL), StandardCharsets.US_ASCII);
        assertThat(marked)
                .endsWith("\r\n\r\n" + body)
                .contains("X-Other: kept", "<" + CALL.messageId() + ">", MailWriter.CALL_HEADER + ": " + CALL.header())
                .doesNotContain("<old@x>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hi\r\nBcc: eve@evil.test", "Hi\nX: y", "Hi\rX: y", "Hi\u0000", "Hi\u2028X"})
    void subjectOfTwoLines_isRefused(String subject) {
        refused(mail(BOB, subject, "x", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.test\r\nBcc: eve@evil.test",
                "a@b.test>, <eve@evil.test",
                "a@b.test, eve@evil.test",
                "a b@c.test",
                "nobody",
                "a@b@c",
                "",
                "a@\u0000"
            })
    void addressThatIsMoreThanOne_isRefused(String address) {
        refused(mail(Mailbox.of(address), "Hi", "x", List.of()));
    }

    @Test
    void lineBreakInNameFileOrReference_isRefused() {
        refused(mail(new Mailbox("a@b.test", Optional.of("Bob\r\nBcc: eve@evil.test")), "Hi", "x", List.of()));
        refused(mail(BOB, "Hi", "x", List.of(new FileContent("a\r\nX: y", "text/plain", new byte[1]))));
        refused(answering("<a@b>\r\nBcc: eve@evil.test", List.of()));
        refused(answering("<a@b>", List.of("<a@b> <c@d>\r\nX: y")));
    }

    @Test
    void mediaTypeThatIsNone_isBytes() {
        var file = new FileContent("a", "text/plain\r\nX-Evil: y", new byte[1]);
        assertThat(written(mail(BOB, "Hi", "x", List.of(file))))
                .contains("application/octet-stream")
                .doesNotContain("X-Evil");
    }

    @Test
    void domainOfOtherLetters_standsAsAscii() throws Exception {
        var read = read(mail(Mailbox.of("jo@bücher.example"), "Hi", "x", List.of()));
        assertThat(read.getAllRecipients()[0]).hasToString("jo@xn--bcher-kva.example");
    }

    private static void refused(Outgoing mail) {
        assertThatExceptionOfType(ToolException.class).isThrownBy(() -> MailWriter.mime(mail, CALL));
    }
}
