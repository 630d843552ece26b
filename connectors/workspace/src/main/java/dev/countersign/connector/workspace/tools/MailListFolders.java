package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailService;
import java.util.List;
import java.util.Optional;

/** {@code mail_list_folders}: the folders or labels of every account. */
final class MailListFolders {
    public record Input(@Doc(Docs.ACCOUNTS) List<String> accounts) {}

    public record Output(List<FolderView> folders, List<Problem> problems) {}

    public record FolderView(String account, String id, String name, Folder.Role role, Optional<Integer> unread) {
        static FolderView of(Folder folder, Account account) {
            return new FolderView(account.id(), folder.id(), folder.name(), folder.role(), folder.unread());
        }

        String line() {
            return "- %s%s%s [id %s, account %s]"
                    .formatted(
                            name,
                            role == Folder.Role.OTHER ? "" : ", " + role,
                            unread.map(count -> ", " + count + " unread").orElse(""),
                            id,
                            account);
        }
    }

    private MailListFolders() {}

    static Tool<Input, Output> tool() {
        return Tool.read("mail_list_folders", "List mail folders", Input.class, Output.class)
                .description("Lists the mail folders or labels of the linked accounts with their ids.")
                .scopes("mail:read")
                .accounts(Tool.Accounts.EVERY)
                .service(MailService.class)
                .text(out -> Lines.list("folder", out.folders(), FolderView::line)
                        + Lines.rest(out.problems(), Optional.empty()))
                .run(MailListFolders::run);
    }

    private static Output run(Input in, Call call) {
        var found = Spread.<MailService, FolderView>all(
                call,
                MailService.class,
                (service, account) -> service.folders().stream()
                        .map(folder -> FolderView.of(folder, account))
                        .toList());
        return new Output(found.items(), found.problems());
    }
}
