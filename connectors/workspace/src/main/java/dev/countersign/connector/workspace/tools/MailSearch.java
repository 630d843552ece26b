package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Page;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code mail_search}: messages that match, the newest first. */
final class MailSearch {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    public record Input(
            @Doc("words in subject, body or addresses, all of them")
            Optional<String> text,

            @Doc("part of the sender's name or address") Optional<String> from,
            @Doc("part of a recipient's name or address") Optional<String> to,
            @Doc("words of the subject") Optional<String> subject,

            @Doc(Docs.FOLDER + "; absent for all but trash and spam")
            Optional<String> folder,

            @Doc("received at or after: RFC 3339 time, or date")
            Optional<String> after,

            @Doc("received before: RFC 3339 time, or date") Optional<String> before,

            @Doc("true for unread only, false for read only")
            Optional<Boolean> unread,

            @Doc("true for mail with files, false for mail without")
            Optional<Boolean> attachment,

            @Doc(Docs.ACCOUNTS) List<String> accounts,

            @Doc(value = Docs.LIMIT, min = 1, max = MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor) {}

    public record Output(
            List<MessageBrief> messages,

            @Doc("'cursor' for the next page; absent at the end")
            Optional<String> nextCursor,

            List<Problem> problems) {
        String text() {
            return Lines.list("message", messages, MessageBrief::line) + Lines.rest(problems, nextCursor);
        }

        List<Foreign> foreign() {
            return messages.stream()
                    .flatMap(message -> message.foreign().stream())
                    .toList();
        }
    }

    private static final Comparator<MessageBrief> NEWEST_FIRST = Comparator.comparing((MessageBrief message) ->
                    OffsetDateTime.parse(message.date()).toInstant())
            .reversed();

    private MailSearch() {}

    static Tool<Input, Output> tool() {
        return Tool.read("mail_search", "Search mail", Input.class, Output.class)
                .description("Finds messages by words, people, folder or date, the newest first, without bodies.")
                .scopes("mail:read")
                .accounts(Tool.Accounts.EVERY)
                .service(MailService.class)
                .text(Output::text)
                .foreign(Output::foreign)
                .run(MailSearch::run);
    }

    private static Output run(Input in, Call call) {
        var query = query(in, call.zone());
        query.folder().filter(folder -> !namesRole(folder)).ifPresent(folder -> Spread.onlyOne(call, "folder"));
        var found = Spread.<MailService, MessageBrief>page(
                call,
                MailService.class,
                Inputs.limit(in.limit(), DEFAULT_LIMIT, MAX_LIMIT),
                in.cursor(),
                () -> "",
                (service, account, fixed, share, page) -> {
                    var messages = Inputs.found(
                            "folder",
                            query.folder().orElse(""),
                            "mail_list_folders",
                            () -> service.search(query, share, page));
                    return new Page<>(
                            messages.items().stream()
                                    .map(message -> MessageBrief.of(message, account))
                                    .toList(),
                            messages.next());
                });
        return new Output(found.items().stream().sorted(NEWEST_FIRST).toList(), found.nextCursor(), found.problems());
    }

    private static boolean namesRole(String folder) {
        return Arrays.stream(Folder.Role.values())
                .anyMatch(role -> role != Folder.Role.OTHER
                        && role.name().toLowerCase(Locale.ROOT).equals(folder));
    }

    private static MailQuery query(Input in, ZoneId zone) {
        return new MailQuery(
                words("text", in.text()),
                words("from", in.from()),
                words("to", in.to()),
                words("subject", in.subject()),
                in.folder().map(id -> Inputs.id("folder", id, "mail_list_folders")),
                in.after().map(text -> Times.startOf(Times.point("after", text, zone), zone)),
                in.before().map(text -> Times.startOf(Times.point("before", text, zone), zone)),
                in.unread(),
                in.attachment());
    }

    private static Optional<String> words(String field, Optional<String> text) {
        return text.filter(words -> !words.isBlank()).map(words -> Inputs.line(field, words));
    }
}
