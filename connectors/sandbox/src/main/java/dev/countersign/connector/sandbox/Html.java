package dev.countersign.connector.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Markup. Every value that is put into it is escaped, unless it is markup itself. */
record Html(String markup) {
    static final Html NONE = new Html("");

    /** Puts the values where {@code {}} stands, in order; a list of markup is joined. */
    static Html of(String template, Object... values) {
        var out = new StringBuilder(template.length() + 64);
        var from = 0;
        for (var value : values) {
            var at = template.indexOf("{}", from);
            out.append(template, from, at);
            append(out, value);
            from = at + 2;
        }
        return new Html(out.append(template, from, template.length()).toString());
    }

    static Html join(List<Html> parts) {
        var out = new StringBuilder();
        parts.forEach(part -> out.append(part.markup()));
        return new Html(out.toString());
    }

    private static void append(StringBuilder out, Object value) {
        switch (value) {
            case Html markup -> out.append(markup.markup());
            case List<?> parts -> new ArrayList<Object>(parts).forEach(part -> append(out, part));
            default -> escape(out, value.toString());
        }
    }

    private static void escape(StringBuilder out, String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return markup;
    }
}
