package dev.countersign.risk;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** Mail addresses and hosts in the one form in which they are compared: NFKC, lower case, A-labels, no dot at the end. */
final class Names {
    private static final IDNA DOMAINS = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);
    private static final SpoofChecker CONFUSABLES =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private Names() {}

    /** A host; one that is no domain name stays as it is, in lower case. */
    static String host(String raw) {
        var name = lower(raw);
        if (!ascii(name)) {
            var encoded = new StringBuilder();
            DOMAINS.nameToASCII(name, encoded, new IDNA.Info());
            name = encoded.toString().toLowerCase(Locale.ROOT);
        }
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(0, end);
    }

    /** A mail address, alone or behind a display name in angle brackets. */
    static Optional<String> address(String text) {
        int open = text.lastIndexOf('<');
        int close = text.indexOf('>', Math.max(open, 0));
        var bare = (open >= 0 && close > open ? text.substring(open + 1, close) : text).strip();
        int at = bare.lastIndexOf('@');
        return at < 1 || at == bare.length() - 1
                ? Optional.empty()
                : Optional.of(address(bare.substring(0, at), bare.substring(at + 1)));
    }

    static String address(String local, String domain) {
        return lower(local) + '@' + host(domain);
    }

    /** The domain of a mail address in its form of comparison. */
    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** Equal for domains that look the same to a reader. Unicode TS #39 section 4; case is folded after it, as 0 maps to O. */
    static String skeleton(String domain) {
        var shown = new StringBuilder();
        DOMAINS.nameToUnicode(domain, shown, new IDNA.Info());
        var folded = CONFUSABLES.getSkeleton(shown.toString()).toLowerCase(Locale.ROOT);
        return CONFUSABLES.getSkeleton(folded);
    }

    static boolean ascii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static String lower(String raw) {
        var normal = ascii(raw) ? raw : Normalizer.normalize(raw, Normalizer.Form.NFKC);
        return normal.toLowerCase(Locale.ROOT);
    }
}
