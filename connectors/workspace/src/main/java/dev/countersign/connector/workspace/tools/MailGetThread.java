package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code mail_get_thread}: a conversation from its start. */
final class MailGetThread {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 50;

    /** Bodies in a thread repeat each other in quotes, so a part of each is enough. */
    private static final int MAX_BODY = 4_000;

    public record Input(
            @Doc("threadId from mail_search or mail_get_message")
            String threadId,

            @Doc(value = Docs.LIMIT, min = 1, max = MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    public record Output(
            @Doc("the oldest first") List<MessageView> messages,
            @Doc("how many messages the thread has") int total,

            @Doc("'cursor' for the next page; absent at the end")
            Optional<String> nextCursor) {
        String text() {
            return messages.stream().map(MessageView::text).collect(Collectors.joining("\n---\n"))
                    + Lines.rest(List.of(), nextCursor);
        }

        List<Foreign> foreign() {
            return messages.stream()
                    .flatMap(message -> message.foreign().stream())
                    .toList();
        }
    }

    private MailGetThread() {}

    static Tool<Input, Output> tool() {
        return Tool.read("mail_get_thread", "Read thread", Input.class, Output.class)
                .description("Gives the messages of one conversation, the oldest first, long bodies shortened.")
                .scopes("mail:read")
                .service(MailService.class)
                .text(Output::text)
                .foreign(Output::foreign)
                .run(MailGetThread::run);
    }

    private static Output run(Input in, Call call) {
        var limit = Inputs.limit(in.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        var id = Inputs.id("threadId", in.threadId(), Mails.SOURCE);
        var all = Inputs.found(
                "thread", id, Mails.SOURCE, () -> Mails.service(call).thread(id));
        if (all.isEmpty()) {
            throw Inputs.missing("thread", id, Mails.SOURCE);
        }
        var from = in.cursor().map(call::openCursor).map(Integer::parseInt).orElse(0);
        var until = Math.min(all.size(), from + limit);
        return new Output(
                all.subList(Math.min(from, until), until).stream()
                        .map(message -> MessageView.of(message, call.account(), false, 0, MAX_BODY))
                        .toList(),
                all.size(),
                until < all.size() ? Optional.of(call.sealCursor(String.valueOf(until))) : Optional.empty());
    }
}
