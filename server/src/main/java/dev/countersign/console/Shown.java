package dev.countersign.console;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import dev.countersign.console.ApprovalViews.Run;
import dev.countersign.console.ApprovalViews.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value as a person can judge it: characters that would not be seen are named, empty stretches are counted, domains in
 * other letters are spelled out, and long values say how long they are. Unicode TR #36 and TS #39.
 */
final class Shown {
    private static final int TALL_CHARACTERS = 700;
    private static final int TALL_LINES = 10;

    /** More spaces or line ends in a row than these are counted instead of shown: they would push the rest out of sight. */
    private static final int MOST_SPACES = 16;

    private static final int MOST_LINE_ENDS = 3;

    /** More accents than any language puts on one letter cover their neighbours. */
    private static final int MOST_ACCENTS = 4;

    private static final int BRAILLE_BLANK = 0x2800;
    private static final int JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int NO_BREAK_SPACE = 0xA0;
    private static final int NARROW_NO_BREAK_SPACE = 0x202F;

    private static final Pattern DOMAIN = Pattern.compile("(?:@|https?://)([^\\s/<>,;\"'()?#]+)");
    private static final IDNA DOMAINS = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);

    private final List<Run> runs = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();

    private Shown() {}

    /** A value whole. */
    static Text text(String value) {
        int characters = value.codePointCount(0, value.length());
        var lines = value.lines().count();
        var tall = characters > TALL_CHARACTERS || lines > TALL_LINES;
        var size = tall
                ? Optional.of(String.format(
                        Locale.UK, "%,d characters on %,d %s", characters, lines, lines == 1 ? "line" : "lines"))
                : Optional.<String>empty();
        return new Text(runs(value), marks(value), size, tall);
    }

    /** The beginning of a value on one line. */
    static List<Run> gist(String value, int mostCharacters) {
        var line = value.strip().replaceAll("\\R+", " ");
        if (line.codePointCount(0, line.length()) <= mostCharacters) {
            return runs(line);
        }
        return runs(line.substring(0, line.offsetByCodePoints(0, mostCharacters)) + "…");
    }

    /** The text in pieces. */
    static List<Run> runs(String text) {
        var shown = new Shown();
        var characters = text.replace("\r\n", "\n").codePoints().toArray();
        int at = 0;
        while (at < characters.length) {
            at = shown.take(characters, at);
        }
        shown.endPlain();
        return List.copyOf(shown.runs);
    }

    /** Takes the character at this place, or a stretch that begins there; gives the place after it. */
    private int take(int[] characters, int at) {
        int character = characters[at];
        int end = at + 1;
        while (end < characters.length && characters[end] == character) {
            end++;
        }
        if (character == '\n' && end - at > MOST_LINE_ENDS) {
            plain.append('\n');
            name(end - at - 1 + " empty lines");
            plain.append('\n');
            return end;
        }
        if (character == ' ' && end - at > MOST_SPACES) {
            name(end - at + " spaces");
            return end;
        }
        if (unseen(characters, at)) {
            name(String.format(Locale.ROOT, "U+%04X", character));
        } else {
            plain.appendCodePoint(character);
        }
        return at + 1;
    }

    private void name(String words) {
        endPlain();
        runs.add(new Run(words, true));
    }

    private void endPlain() {
        if (!plain.isEmpty()) {
            runs.add(new Run(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private static boolean unseen(int[] characters, int at) {
        int character = characters[at];
        if (character == '\n' || character == '\t' || partOfEmoji(characters, at)) {
            return false;
        }
        if (character == BRAILLE_BLANK
                || UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR ->
                character != ' ' && character != NO_BREAK_SPACE && character != NARROW_NO_BREAK_SPACE;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> accentsBefore(characters, at) >= MOST_ACCENTS;
            default -> false;
        };
    }

    private static int accentsBefore(int[] characters, int at) {
        int accents = 0;
        while (accents < at && Character.getType(characters[at - 1 - accents]) == Character.NON_SPACING_MARK) {
            accents++;
        }
        return accents;
    }

    /** Joiner and style of an emoji are seen: they change it. */
    private static boolean partOfEmoji(int[] characters, int at) {
        int character = characters[at];
        var afterEmoji = at > 0 && (emoji(characters[at - 1]) || characters[at - 1] == EMOJI_STYLE);
        return switch (character) {
            case EMOJI_STYLE -> at > 0 && emoji(characters[at - 1]);
            case JOINER -> afterEmoji && at + 1 < characters.length && emoji(characters[at + 1]);
            default -> false;
        };
    }

    private static boolean emoji(int character) {
        return (character > 0xFF && UCharacter.hasBinaryProperty(character, UProperty.EMOJI))
                || UCharacter.hasBinaryProperty(character, UProperty.EMOJI_MODIFIER);
    }

    /** What is odd about the domains in a text. */
    private static List<String> marks(String text) {
        var marks = new LinkedHashSet<String>();
        var domains = DOMAIN.matcher(text);
        while (domains.find()) {
            var domain = domains.group(1);
            if (domain.chars().anyMatch(c -> c > 127)) {
                marks.add("This domain is not what it looks like. In plain letters: " + ascii(domain));
            } else if (domain.toLowerCase(Locale.ROOT).startsWith("xn--") || domain.contains(".xn--")) {
                marks.add("This domain stands for other letters than it shows: " + domain);
            }
        }
        return List.copyOf(marks);
    }

    private static String ascii(String domain) {
        var ascii = new StringBuilder();
        var info = new IDNA.Info();
        DOMAINS.nameToASCII(domain, ascii, info);
        var plain = ascii.toString();
        return !info.hasErrors() && plain.chars().allMatch(c -> c > ' ' && c < 127)
                ? plain
                : "none; nothing has this name";
    }
}
