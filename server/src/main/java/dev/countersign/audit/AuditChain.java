package dev.countersign.audit;

import dev.countersign.store.AuditTable.AuditRow;
import dev.countersign.vault.LengthPrefixed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Turns events into rows that are linked by hash, and back. */
final class AuditChain {
    /** The hash before the first row. */
    static final String START = "0".repeat(64);

    /** Longer values are cut: the log holds words and digests, no content. */
    private static final int MOST_CHARACTERS = 256;

    private static final Pattern UNCLEAN = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> DETAIL = new TypeReference<>() {};

    private AuditChain() {}

    static AuditRow link(AuditEvent event, long sequence, String before) {
        var row = new AuditRow(
                sequence,
                event.at().truncatedTo(ChronoUnit.MILLIS),
                clean(event.type()),
                clean(event.userId()),
                event.clientId().map(AuditChain::clean),
                clean(event.subject()),
                clean(event.decision()),
                canonical(event.detail()),
                "");
        return new AuditRow(
                row.sequence(),
                row.at(),
                row.type(),
                row.userId(),
                row.clientId(),
                row.subject(),
                row.decision(),
                row.detail(),
                hash(row, before));
    }

    /** Over every column as stored and the hash before it. */
    static String hash(AuditRow row, String before) {
        var bytes = LengthPrefixed.of(
                "v1",
                before,
                Long.toString(row.sequence()),
                Long.toString(row.at().toEpochMilli()),
                row.type(),
                row.userId(),
                row.clientId().isPresent() ? "client" : "none",
                row.clientId().orElse(""),
                row.subject(),
                row.decision(),
                row.detail());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static RecordedEvent event(AuditRow row) {
        return new RecordedEvent(
                row.sequence(),
                row.hash(),
                new AuditEvent(
                        row.at(),
                        row.type(),
                        row.userId(),
                        row.clientId(),
                        row.subject(),
                        row.decision(),
                        JSON.readValue(row.detail(), DETAIL)));
    }

    /** One line of the export. */
    static String line(AuditRow row) {
        var line = JSON.createObjectNode()
                .put("sequence", row.sequence())
                .put("at", row.at().toString())
                .put("type", row.type())
                .put("user", row.userId());
        row.clientId().ifPresent(client -> line.put("client", client));
        line.put("subject", row.subject()).put("decision", row.decision());
        line.set("detail", JSON.readTree(row.detail()));
        return line.put("hash", row.hash()).toString();
    }

    /** Canonical JSON of RFC 8785: members sorted by UTF-16, and nothing left that would have two forms. */
    private static String canonical(Map<String, String> detail) {
        var clean = new TreeMap<String, String>();
        detail.forEach((name, value) -> clean.putIfAbsent(clean(name), clean(value)));
        return JSON.writeValueAsString(clean);
    }

    /** Control characters would break the lines of an export's reader; lone surrogates have no UTF-8. */
    private static String clean(String text) {
        var cut = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
        return isPlain(cut) ? cut : UNCLEAN.matcher(cut).replaceAll("\uFFFD");
    }

    /** Whether a text is printable ASCII, as nearly all are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }
}
