package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Message;
import java.util.Locale;

/** What the tools on one message share. */
final class Mails {
    static final String SOURCE = "mail_search";

    private Mails() {}

    static MailService service(Call call) {
        return call.service(MailService.class);
    }

    static Message read(Call call, String id) {
        Inputs.id("messageId", id, SOURCE);
        return Inputs.found("message", id, SOURCE, () -> service(call).message(id))
                .orElseThrow(() -> Inputs.missing("message", id, SOURCE));
    }

    static Message draft(Call call, String id) {
        var source = "mail_search with folder drafts";
        Inputs.id("draftId", id, source);
        return Inputs.found("draft", id, source, () -> service(call).draft(id))
                .orElseThrow(() -> Inputs.missing("draft", id, source));
    }

    static FileContent file(Call call, String messageId, String attachmentId) {
        Inputs.id("messageId", messageId, SOURCE);
        Inputs.id("attachmentId", attachmentId, "mail_get_message");
        return Inputs.found(
                        "attachment",
                        attachmentId,
                        "mail_get_message",
                        () -> service(call).attachment(messageId, attachmentId))
                .orElseThrow(() -> Inputs.missing("attachment", attachmentId, "mail_get_message"));
    }

    /** The folder that an id or the name of a role means. */
    static Folder folder(Call call, String idOrRole) {
        return service(call).folders().stream()
                .filter(folder -> folder.id().equals(idOrRole) || isRole(folder, idOrRole))
                .findFirst()
                .orElseThrow(() -> Inputs.missing("folder", idOrRole, "mail_list_folders"));
    }

    static boolean isRole(Folder folder, String word) {
        return folder.role() != Folder.Role.OTHER
                && folder.role().name().toLowerCase(Locale.ROOT).equals(word);
    }

    /** Where a foreign text was read, for people. */
    static String source(String subject, String date) {
        return "mail “" + Shown.cut(subject, 80) + "” of " + Shown.cut(date, 10);
    }
}
