package dev.countersign.connector.standards;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** HTML as the plain text that a reader sees. */
final class HtmlText {
    private static final Pattern MARKUP = Pattern.compile(
            "</?(a|b|i|u|p|br|ul|ol|li|div|span|strong|em|html-blob)\\b[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BREAKING = Pattern.compile("<(p|br|li|div)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern AROUND_BREAK = Pattern.compile("[ \\t]*\\n[ \\t]*");
    private static final Pattern MANY_BREAKS = Pattern.compile("\\n{3,}");

    /** Elements after which a paragraph's space stands. */
    private static final Set<String> APART =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table");

    private HtmlText() {}

    /** The text itself when it holds no markup. */
    static String ifMarkup(String text) {
        if (!MARKUP.matcher(text).find()) {
            return text;
        }
        return of(BREAKING.matcher(text).find() ? text : text.replace("\n", "<br>"));
    }

    static String of(String html) {
        var document = Jsoup.parse(html);
        document.select("script, style, head, template, [hidden]").remove();
        var text = new StringBuilder();
        document.body().traverse(new Writing(text));
        var lines = AROUND_BREAK.matcher(text).replaceAll("\n");
        return MANY_BREAKS.matcher(lines).replaceAll("\n\n").strip();
    }

    private record Writing(StringBuilder text) implements NodeVisitor {
        @Override
        public void head(Node node, int depth) {
            switch (node) {
                case TextNode words ->
                    text.append(SPACE.matcher(words.getWholeText()).replaceAll(" "));
                case Element element when element.normalName().equals("br") -> text.append('\n');
                case Element element when element.normalName().equals("li") -> text.append("\n- ");
                case Element element when element.isBlock() -> text.append('\n');
                default -> {}
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && element.isBlock()) {
                text.append(APART.contains(element.normalName()) ? "\n\n" : "\n");
            }
            if (node instanceof Element link && link.normalName().equals("a")) {
                address(link);
            }
        }

        /** A link says where it leads, when its words do not. */
        private void address(Element link) {
            var target = link.attr("href");
            if (target.matches("(?i)https?://.*") && !link.text().contains(target)) {
                text.append(" (").append(target).append(')');
            }
        }
    }
}
