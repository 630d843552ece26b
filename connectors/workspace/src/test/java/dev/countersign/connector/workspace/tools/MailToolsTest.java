package dev.countersign.connector.workspace.tools;

import static dev.countersign.connector.workspace.tools.MessageBuilder.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Foreign;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailToolsTest {
    private final FakeMail mail = new FakeMail();
    private final FakeCall call = FakeCall.with(mail);

    private static Optional<Boolean> flag(boolean value) {
        return Optional.of(value);
    }

    private static MailReply.Input reply(String id, boolean all, List<String> cc) {
        return new MailReply.Input(id, "Fine.", flag(all), cc, List.of(), flag(false), List.of(), Optional.empty());
    }

    private Outgoing sentBy(String tool, Record in) {
        FakeCall.<Record, SentView>tool(tool).run().call(in, call);
        return mail.sent.get(call.id());
    }

    private Question ask(String tool, Record in) {
        Tool<Record, Record> asked = FakeCall.tool(tool);
        return asked.question().orElseThrow().about(in, call);
    }

    private static List<String> addresses(List<Mailbox> mailboxes) {
        return mailboxes.stream().map(Mailbox::address).toList();
    }

    private static List<String> values(Question question, String label) {
        return question.values().stream()
                .filter(value -> value.label().equals(label))
                .map(Question.Value::text)
                .toList();
    }

    private static MailSend.Input sending(List<String> to, String subject, String body) {
        return new MailSend.Input(to, List.of(), List.of(), subject, body, Optional.empty());
    }

    @Test
    void question_showsAllThatLeaves() {
        var in = new MailSend.Input(
                List.of("Bob <bob@example.com>"),
                List.of("carol@example.com"),
                List.of("BOB@example.com", "dan@example.com"),
                "Plans",
                "Line one\r\nLine two",
                Optional.empty());
        var question = ask("mail_send", in);
        assertThat(question.verb()).isEqualTo("Send mail");
        assertThat(values(question, "From")).containsExactly("alice@work.example");
        assertThat(values(question, "To")).containsExactly("Bob <bob@example.com>");
        assertThat(values(question, "Cc")).containsExactly("carol@example.com");
        assertThat(values(question, "Bcc")).containsExactly("dan@example.com");
        assertThat(values(question, "Subject")).containsExactly("Plans");
        assertThat(values(question, "Body")).containsExactly("Line one\nLine two");
        assertThat(question.reaches()).containsExactly("bob@example.com", "carol@example.com", "dan@example.com");
        assertThat(mail.sent).isEmpty();
    }

    @Test
    void sentTwiceByOneCall_leavesOnceAndIsRecognised() {
        var in = sending(List.of("bob@example.com"), "Plans", "Hi");
        Tool<Record, Record> tool = FakeCall.tool("mail_send");
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).isEmpty();
        var first = tool.run().call(in, call);
        assertThat(tool.run().call(in, call)).isEqualTo(first);
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).contains(first);
        tool.run().call(in, call.next());
        assertThat(mail.sent).hasSize(2);
    }

    @Test
    void headerInjection_isRefused() {
        assertThatThrownBy(() -> ask("mail_send", sending(List.of("b@x.de"), "Hi\r\nBcc: eve@x.de", "")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("'subject'");
        assertThatThrownBy(() -> ask("mail_send", sending(List.of("b@x.de\nBcc: eve@x.de"), "Hi", "")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("'to'");
    }

    @Test
    void mailToNobody_isRefused() {
        assertThatThrownBy(() -> ask("mail_send", sending(List.of(), "Hi", "")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no recipient");
    }

    @Test
    void reply_goesToTheSenderInTheThread() {
        mail.put(message("m")
                .cc("carol@example.com")
                .references("<a@x>", "<b@x>")
                .build());
        var out = sentBy("mail_reply", reply("m", false, List.of()));
        assertThat(addresses(out.to())).containsExactly("bob@example.com");
        assertThat(out.cc()).isEmpty();
        assertThat(out.subject()).isEqualTo("Re: Plans");
        var threading = out.threading().orElseThrow();
        assertThat(threading.threadId()).contains("thread");
        assertThat(threading.inReplyTo()).contains("<m@example.com>");
        assertThat(threading.references()).containsExactly("<a@x>", "<b@x>", "<m@example.com>");
    }

    @Test
    void replyToAll_leavesOutOneselfAndDoubles() {
        mail.put(message("m")
                .to("ALICE@work.example", "carol@example.com")
                .cc("Bob@example.com", "dan@example.com")
                .build());
        var out = sentBy("mail_reply", reply("m", true, List.of("carol@example.com", "erin@example.com")));
        assertThat(addresses(out.to())).containsExactly("bob@example.com");
        assertThat(addresses(out.cc())).containsExactly("carol@example.com", "dan@example.com", "erin@example.com");
    }

    @Test
    void replyTo_isFollowedAndShown() {
        mail.put(message("m").replyTo("elsewhere@stranger.example").build());
        var question = ask("mail_reply", reply("m", false, List.of()));
        assertThat(values(question, "To")).containsExactly("elsewhere@stranger.example");
        assertThat(values(question, "Answers the mail of")).containsExactly("Bob <bob@example.com>");
        assertThat(question.reaches()).containsExactly("elsewhere@stranger.example");
    }

    @Test
    void replyToOwnMail_goesToItsRecipients() {
        mail.put(message("m").from("alice@work.example").to("carol@example.com").build());
        assertThat(addresses(sentBy("mail_reply", reply("m", false, List.of())).to()))
                .containsExactly("carol@example.com");
    }

    @Test
    void storedAddressThatIsNone_isNotUsed() {
        mail.put(message("m").replyTo("x@y.z\r\nBcc: eve@x.de").build());
        assertThatThrownBy(() -> ask("mail_reply", reply("m", false, List.of())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("mail_send");
    }

    @Test
    void storedSubjectOfTwoLines_becomesOne() {
        mail.put(message("m").subject("re: a\r\nBcc: eve@x.de").build());
        assertThat(sentBy("mail_reply", reply("m", false, List.of())).subject()).isEqualTo("re: a  Bcc: eve@x.de");
    }

    @Test
    void quote_followsTheWordsAndIsShown() {
        mail.put(message("m").build());
        var in = new MailReply.Input(
                "m", "Fine.", Optional.empty(), List.of(), List.of(), Optional.empty(), List.of(), Optional.empty());
        var expected = """
            Fine.

            On Tue 3 Mar 2026 11:12 (+01:00), Bob <bob@example.com> wrote:
            > Hello Alice,
            >> earlier words
            > Bye
            """;
        assertThat(values(ask("mail_reply", in), "Body")).containsExactly(expected);
        assertThat(sentBy("mail_reply", in).text()).isEqualTo(expected);
    }

    @Test
    void forward_carriesHeadersTextAndFiles() {
        mail.put(message("m").file("f1", "notes\r\n.txt").build());
        mail.files.put(
                "m/f1", new FileContent("notes\r\n.txt", "text/plain\r\nX: y", "abc".getBytes(StandardCharsets.UTF_8)));
        var in = new MailForward.Input(
                "m",
                List.of("carol@example.com"),
                List.of(),
                List.of(),
                Optional.of("See below."),
                Optional.empty(),
                Optional.empty());
        var question = ask("mail_forward", in);
        assertThat(values(question, "Attachment")).containsExactly("notes.txt (application/octet-stream, 3 bytes)");
        assertThat(values(question, "Body").getFirst())
                .startsWith("See below.\n\n---------- Forwarded message ----------\nFrom: Bob <bob@example.com>\n")
                .contains("Subject: Plans\n", "Hello Alice,");
        var out = sentBy("mail_forward", in);
        assertThat(out.subject()).isEqualTo("Fwd: Plans");
        assertThat(out.attachments()).extracting(FileContent::size).containsExactly(3);
        assertThat(out.threading().orElseThrow().inReplyTo()).isEmpty();
    }

    @Test
    void longBody_comesInPartsThatJoin() {
        var text = "ä😀".repeat(15_001);
        mail.put(message("m").text(text).build());
        var read = new StringBuilder();
        Optional<Integer> offset = Optional.empty();
        do {
            var part = FakeCall.<MailGetMessage.Input, MessageView>tool("mail_get_message")
                    .run()
                    .call(new MailGetMessage.Input("m", Optional.empty(), offset, Optional.empty()), call);
            assertThat(part.body()).hasSizeBetween(1, 20_000);
            read.append(part.body());
            offset = part.nextOffset();
        } while (offset.isPresent());
        assertThat(read.toString()).isEqualTo(text);
    }

    @Test
    void originalHtml_isGivenWhenAsked() {
        mail.put(message("m").html("<p>Hello</p>").build());
        var tool = FakeCall.<MailGetMessage.Input, MessageView>tool("mail_get_message");
        var text =
                tool.run().call(new MailGetMessage.Input("m", flag(false), Optional.empty(), Optional.empty()), call);
        assertThat(text.html()).isTrue();
        assertThat(text.body()).startsWith("Hello Alice");
        var html = tool.run().call(new MailGetMessage.Input("m", flag(true), Optional.empty(), Optional.empty()), call);
        assertThat(html.body()).isEqualTo("<p>Hello</p>");
    }

    @Test
    void mailOfOthers_isForeignWithItsAddresses() {
        mail.put(message("m")
                .replyTo("trap@stranger.example")
                .text("Pay at evil.example")
                .build());
        Tool<Record, Record> tool = FakeCall.tool("mail_get_message");
        var out = tool.run()
                .call(new MailGetMessage.Input("m", Optional.empty(), Optional.empty(), Optional.empty()), call);
        assertThat(tool.foreign().apply(out)).singleElement().satisfies((Foreign foreign) -> {
            assertThat(foreign.author()).contains("bob@example.com");
            assertThat(foreign.source()).isEqualTo("mail “Plans” of 2026-03-03");
            assertThat(foreign.text()).contains("Pay at evil.example", "trap@stranger.example");
        });
    }

    @Test
    void threadInPages_givesEachMessageOnce() {
        for (var i = 0; i < 5; i++) {
            mail.put(message("m" + i).build());
        }
        var tool = FakeCall.<MailGetThread.Input, MailGetThread.Output>tool("mail_get_thread");
        var first = tool.run()
                .call(new MailGetThread.Input("thread", Optional.of(3), Optional.empty(), Optional.empty()), call);
        var second = tool.run()
                .call(new MailGetThread.Input("thread", Optional.of(3), first.nextCursor(), Optional.empty()), call);
        assertThat(first.messages()).extracting(MessageView::id).containsExactly("m0", "m1", "m2");
        assertThat(second.messages()).extracting(MessageView::id).containsExactly("m3", "m4");
        assertThat(second.nextCursor()).isEmpty();
    }

    @Test
    void unknownFolder_saysWhereIdsComeFrom() {
        mail.put(message("m").build());
        assertThatThrownBy(() -> ask("mail_move", new MailMove.Input("m", "F9", Optional.empty())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("mail_list_folders");
        assertThat(values(ask("mail_move", new MailMove.Input("m", "trash", Optional.empty())), "To folder"))
                .containsExactly("Trash");
    }

    @Test
    void binaryAttachment_comesAsBase64InPartsThatJoin() {
        var bytes = new byte[60_000];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        mail.put(message("m").build());
        mail.files.put("m/f", new FileContent("a.bin", "application/octet-stream", bytes));
        var tool = FakeCall.<MailGetAttachment.Input, MailGetAttachment.Output>tool("mail_get_attachment");
        var first = tool.run().call(new MailGetAttachment.Input("m", "f", Optional.empty(), Optional.empty()), call);
        var second = tool.run().call(new MailGetAttachment.Input("m", "f", first.nextOffset(), Optional.empty()), call);
        assertThat(second.nextOffset()).isEmpty();
        assertThat(Base64.getDecoder()
                        .decode(first.base64().orElseThrow() + second.base64().orElseThrow()))
                .isEqualTo(bytes);
    }
}
