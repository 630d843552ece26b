package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Party;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** One file with its content. */
record StoredFile(String id, Party owner, String name, String contentType, byte[] content, Instant updatedAt) {
    private static final int SNIPPET_LENGTH = 200;

    static StoredFile of(ResultSet row) throws SQLException {
        return new StoredFile(
                row.getString("id"),
                new Party(row.getString("owner_address"), row.getString("owner_name")),
                row.getString("name"),
                row.getString("content_type"),
                row.getBytes("content"),
                Store.instant(row, "updated_at"));
    }

    /** Empty when it is no text. */
    String text() {
        return contentType.startsWith("text/") ? new String(content, StandardCharsets.UTF_8) : "";
    }

    /** @param words in lower case */
    boolean isNamed(Collection<String> words) {
        return words.stream().allMatch(name.toLowerCase(Locale.ROOT)::contains);
    }

    /** @param words in lower case */
    boolean holds(Collection<String> words) {
        var all = (name + "\n" + text()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(all::contains);
    }

    String snippet() {
        var line = text().strip().replaceAll("\\s+", " ");
        return line.length() <= SNIPPET_LENGTH ? line : line.substring(0, SNIPPET_LENGTH) + "…";
    }

    FilesJson.File json(String issuer) {
        return new FilesJson.File(
                id, name, contentType, content.length, owner, updatedAt.toString(), snippet(), issuer + "/files/" + id);
    }
}
