package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.workspace.FileInfo;
import java.util.Optional;

/** A file without its content. */
public record FileView(
        String account,
        @Doc("'id' of files_get") String id,
        String name,
        String mediaType,
        Optional<Long> bytes,
        String owner,
        @Doc("RFC 3339") Optional<String> modifiedAt,
        Optional<String> url) {

    static FileView of(FileInfo file, Account account) {
        return new FileView(
                account.id(),
                file.id(),
                file.name(),
                file.mediaType(),
                file.bytes(),
                file.owner(),
                file.modifiedAt().map(Object::toString),
                file.url());
    }

    String line() {
        return "- %s, %s%s, of %s%s\n  [id %s, account %s]"
                .formatted(
                        name,
                        mediaType,
                        bytes.map(size -> ", " + Shown.size(size)).orElse(""),
                        owner,
                        modifiedAt.map(at -> ", changed " + at).orElse(""),
                        id,
                        account);
    }

    /** Also an own file may hold what others wrote or pasted. */
    Foreign foreign(String text) {
        return new Foreign(owner, "file “" + Shown.cut(name, 80) + "”", name + "\n" + text);
    }
}
