package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Mailbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads mail addresses: the dot-atom form of RFC 5322 section 3.4.1, with an optional name before it. */
final class Addresses {
    /** More than this is a mailing, which a person cannot check. */
    static final int MOST = 100;

    private static final Pattern NAMED = Pattern.compile("(?<name>[^<>]*)<(?<address>[^<>\\s]+)>");
    private static final Pattern LOCAL =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?(\\.[\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?)*");

    private Addresses() {}

    /** Each address once, in order. */
    static List<Mailbox> all(String field, List<String> texts) {
        if (texts.size() > MOST) {
            throw new ToolException("'" + field + "' may have at most " + MOST + " addresses.");
        }
        return distinct(texts.stream().map(text -> one(field, text)).toList());
    }

    static Mailbox one(String field, String text) {
        Inputs.line(field, text);
        var named = NAMED.matcher(text.strip());
        if (!named.matches()) {
            return Mailbox.of(address(field, text.strip()));
        }
        var name = named.group("name").strip();
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        return new Mailbox(
                address(field, named.group("address")), name.isEmpty() ? Optional.empty() : Optional.of(name));
    }

    private static String address(String field, String text) {
        var at = text.lastIndexOf('@');
        if (at < 1
                || at > 64
                || text.length() > 254
                || !LOCAL.matcher(text.substring(0, at)).matches()
                || !DOMAIN.matcher(text.substring(at + 1)).matches()) {
            throw new ToolException("'" + field + "' holds something that is not a mail address."
                    + " Use one address an item, a@example.com or Name <a@example.com>.");
        }
        return text;
    }

    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    static List<Mailbox> distinct(List<Mailbox> mailboxes) {
        return without(mailboxes, Set.of());
    }

    /** Those that are not among the keys, each once. */
    static List<Mailbox> without(List<Mailbox> mailboxes, Set<String> keys) {
        var seen = new HashSet<>(keys);
        var kept = new ArrayList<Mailbox>();
        for (var mailbox : mailboxes) {
            if (seen.add(key(mailbox.address()))) {
                kept.add(mailbox);
            }
        }
        return kept;
    }
}
