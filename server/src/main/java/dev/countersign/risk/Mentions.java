package dev.countersign.risk;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mail addresses and hosts that a text names, found in one pass whose work grows with the text's length only.
 *
 * @param hosts of URLs and standing alone; the domain of an address is none
 * @param more whether the text is longer, or names more, than was looked at
 */
record Mentions(Set<String> addresses, Set<String> hosts, boolean more) {
    private static final int MOST_LOCAL = 64;

    /** RFC 1035 section 2.3.4. */
    private static final int MOST_HOST = 253;

    /** The longest IPv6 address in brackets. */
    private static final int MOST_LITERAL = 48;

    /** Ways to write an address so that programs do not see it. Every repetition is bounded. */
    private static final Pattern AT = Pattern.compile(
            "(?i)%40|&(?:#0{0,4}64|#x0{0,4}40|commat);|\\s{0,2}[\\[({]\\s{0,2}(?:at|@)\\s{0,2}[])}]\\s{0,2}");

    private static final Pattern DOT = Pattern.compile(
            "(?i)&(?:#0{0,4}46|#x0{0,4}2e|period);|\\s{0,2}[\\[({]\\s{0,2}(?:dot|\\.)\\s{0,2}[])}]\\s{0,2}");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

    /** Ends of file names that are no top-level domains: a file's name is no host. */
    private static final Set<String> FILE_ENDINGS = Set.of(
            "pdf", "txt", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "png", "jpg", "jpeg", "gif", "csv", "html",
            "htm", "xml", "json", "js", "java", "odt", "ods", "eml", "ics", "vcf", "msg");

    /** All that a text names. */
    static Mentions in(String text) {
        return in(text, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** What the beginning of a text names: at most so many addresses and so many hosts. */
    static Mentions in(String text, int mostCharacters, int most) {
        var beginning = text.length() > mostCharacters ? text.substring(0, mostCharacters) : text;
        var scan = new Scan(folded(beginning), most);
        scan.run();
        return new Mentions(scan.addresses, scan.hosts, scan.full || text.length() > mostCharacters);
    }

    private static String folded(String text) {
        var folded = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character < 0x80) {
                folded.append((char) character);
            } else if (!unseen(character)) {
                folded.appendCodePoint(separator(character));
            }
        });
        return DOT.matcher(AT.matcher(folded).replaceAll("@")).replaceAll(".");
    }

    private static boolean unseen(int character) {
        return Character.getType(character) == Character.FORMAT
                || (character >= 0xFE00 && character <= 0xFE0F)
                || character == 0x034F;
    }

    /** Full-width and other forms of the signs that divide addresses and URLs. */
    private static int separator(int character) {
        return switch (character) {
            case 0x2024, 0x3002, 0xFE52, 0xFF61 -> '.';
            case 0xFE6B -> '@';
            case 0xFE55 -> ':';
            default -> character >= 0xFF01 && character <= 0xFF5E ? character - 0xFEE0 : character;
        };
    }

    /** One pass over a folded text. */
    private static final class Scan {
        private final String text;
        private final int most;
        private final Set<String> addresses = new LinkedHashSet<>();
        private final Set<String> hosts = new LinkedHashSet<>();
        private final Set<String> seen = new HashSet<>();
        private boolean full;

        Scan(String text, int most) {
            this.text = text;
            this.most = most;
        }

        void run() {
            int at = 0;
            while (at < text.length()) {
                char character = text.charAt(at);
                if (character == '@') {
                    address(at);
                    at = Math.max(at + 1, end(at + 1));
                } else if (character == ':' && text.startsWith("://", at)) {
                    authority(at + 3);
                    at += 3;
                } else if (inHost(character)) {
                    int end = end(at);
                    if (end == text.length() || text.charAt(end) != '@') {
                        bare(text.substring(at, end));
                    }
                    at = end;
                } else {
                    at++;
                }
            }
        }

        private int end(int from) {
            int end = from;
            while (end < text.length() && inHost(text.charAt(end))) {
                end++;
            }
            return end;
        }

        private void address(int at) {
            int from = at;
            while (from > 0 && at - from < MOST_LOCAL && inLocal(text.charAt(from - 1))) {
                from--;
            }
            var local = trimmed(text.substring(from, at));
            var domain = at + 1 < text.length() && text.charAt(at + 1) == '['
                    ? literal(at + 1)
                    : trimmed(text.substring(at + 1, Math.min(end(at + 1), at + 2 + MOST_HOST)));
            if (domain.isEmpty()) {
                return;
            }
            if (local.isEmpty()) {
                bare(domain);
                return;
            }
            address(local, domain);
            address(local, plainBeginning(domain));
            address(plainEnd(local), domain);
            address(plainEnd(local), plainBeginning(domain));
        }

        private void address(String local, String domain) {
            if (!local.isEmpty() && !domain.isEmpty() && seen.add(local + '@' + domain)) {
                add(addresses, Names.address(local, domain));
            }
        }

        /** The host of a URL, from after its two slashes. Browsers take a backslash for a slash. */
        private void authority(int from) {
            int end = from;
            int start = from;
            while (end < text.length()
                    && end - start <= MOST_HOST
                    && "/?#\\\"<> \t\r\n".indexOf(text.charAt(end)) < 0) {
                if (text.charAt(end) == '@') {
                    start = end + 1;
                }
                end++;
            }
            if (start < end && text.charAt(start) == '[') {
                host(literal(start));
                return;
            }
            var authority = unescaped(text.substring(start, end));
            int port = authority.indexOf(':');
            var name = trimmed(port < 0 ? authority : authority.substring(0, port));
            int length = 0;
            while (length < name.length() && inHost(name.charAt(length))) {
                length++;
            }
            host(name.substring(0, length));
            host(plainBeginning(name.substring(0, length)));
        }

        private String literal(int open) {
            int close = text.indexOf(']', open, Math.min(text.length(), open + MOST_LITERAL));
            return close < 0 ? "" : text.substring(open + 1, close);
        }

        private void bare(String run) {
            if (run.length() > MOST_HOST * 2 || run.indexOf('.') < 0) {
                return;
            }
            bareHost(trimmed(run));
            bareHost(plainBeginning(trimmed(run)));
            bareHost(plainMiddle(trimmed(run)));
        }

        private void bareHost(String name) {
            int dot = name.lastIndexOf('.');
            if (dot < 1) {
                return;
            }
            var last = name.substring(dot + 1).toLowerCase(Locale.ROOT);
            boolean topLevel = last.length() >= 2 && !FILE_ENDINGS.contains(last) && !Character.isDigit(last.charAt(0));
            if (topLevel || fourNumbers(name)) {
                host(name);
            }
        }

        private static boolean fourNumbers(String name) {
            return name.length() <= 15 && name.matches("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
        }

        private void host(String name) {
            if (!name.isEmpty() && name.length() <= MOST_HOST && seen.add(name)) {
                add(hosts, Names.host(name));
            }
        }

        private void add(Set<String> found, String name) {
            if (found.size() < most) {
                found.add(name);
            } else if (!found.contains(name)) {
                full = true;
            }
        }

        private static String unescaped(String authority) {
            if (authority.indexOf('%') < 0) {
                return authority;
            }
            return ESCAPE.matcher(authority)
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
        }

        /** Scripts without spaces run into a name: the part before the first such letter. */
        private static String plainBeginning(String name) {
            int length = 0;
            while (length < name.length() && name.charAt(length) < 0x80) {
                length++;
            }
            return trimmed(name.substring(0, length));
        }

        private static String plainEnd(String name) {
            int from = name.length();
            while (from > 0 && name.charAt(from - 1) < 0x80) {
                from--;
            }
            return trimmed(name.substring(from));
        }

        private static String plainMiddle(String name) {
            int from = 0;
            while (from < name.length() && name.charAt(from) >= 0x80) {
                from++;
            }
            return plainBeginning(name.substring(from));
        }

        private static String trimmed(String name) {
            int from = 0;
            int to = name.length();
            while (from < to && ".-'".indexOf(name.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && ".-'".indexOf(name.charAt(to - 1)) >= 0) {
                to--;
            }
            return name.substring(from, to);
        }

        private static boolean inLocal(char character) {
            return inHost(character) || "+'%~!$*".indexOf(character) >= 0;
        }

        private static boolean inHost(char character) {
            return character < 0x80
                    ? (character >= 'a' && character <= 'z')
                            || (character >= 'A' && character <= 'Z')
                            || (character >= '0' && character <= '9')
                            || character == '.'
                            || character == '-'
                            || character == '_'
                    : Character.isLetterOrDigit(character)
                            || Character.isSurrogate(character)
                            || Character.getType(character) == Character.NON_SPACING_MARK
                            || Character.getType(character) == Character.COMBINING_SPACING_MARK;
        }
    }
}
