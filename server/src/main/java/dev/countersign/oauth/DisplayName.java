package dev.countersign.oauth;

import java.text.Normalizer;

/** Makes a name that a stranger chose fit to be shown: one line, bounded, without what cannot be seen or turns the text around. */
final class DisplayName {
    private static final int MOST_CHARACTERS = 80;

    private DisplayName() {}

    static String of(String name) {
        var shown = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
                .filter(DisplayName::visible)
                .limit(MOST_CHARACTERS)
                .forEach(shown::appendCodePoint);
        return shown.toString().strip().replaceAll(" {2,}", " ");
    }

    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
