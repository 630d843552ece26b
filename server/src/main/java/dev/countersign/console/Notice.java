package dev.countersign.console;

/** Something that the page tells first: what just happened, or what needs care. */
public record Notice(Tone tone, String title, String text) {
    /** How it looks and how urgently a screen reader says it. */
    public enum Tone {
        GOOD("good", "status", Icon.CHECK),
        NOTE("note", "status", Icon.INFO),
        WARN("warn", "status", Icon.WARNING),
        BAD("bad", "alert", Icon.WARNING);

        private final String style;
        private final String role;
        private final Icon icon;

        Tone(String style, String role, Icon icon) {
            this.style = style;
            this.role = role;
            this.icon = icon;
        }

        public String style() {
            return style;
        }

        public String role() {
            return role;
        }

        public Icon icon() {
            return icon;
        }
    }

    public static Notice good(String title, String text) {
        return new Notice(Tone.GOOD, title, text);
    }

    public static Notice note(String title, String text) {
        return new Notice(Tone.NOTE, title, text);
    }

    public static Notice warn(String title, String text) {
        return new Notice(Tone.WARN, title, text);
    }

    public static Notice bad(String title, String text) {
        return new Notice(Tone.BAD, title, text);
    }
}
