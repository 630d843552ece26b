package dev.countersign.mcp;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Tier;
import dev.countersign.connections.AccountChoice;
import dev.countersign.connections.LinkAddress;
import dev.countersign.connector.Question;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words in which a person is asked, and the addresses of the pages where they answer. An address carries an id, never a
 * right; a message carries no address, because clients make links of them. MCP 2026-07-28, client/elicitation.
 */
final class Asking {
    /** What a form in a client shows of one value; our page shows it all. */
    private static final int MOST_CHARACTERS = 300;

    private static final int MOST_VALUES = 20;

    private final URI publicUrl;

    /** @param publicUrl without a path, e.g. {@code https://sign.example.com} */
    Asking(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    Answer.Ask toLink(AccountChoice.ToLink lacking, String tool) {
        return new Answer.Ask(
                Optional.empty(),
                "",
                Tier.T2,
                visible(lacking.reason(), MOST_CHARACTERS),
                at(URI.create(LinkAddress.forTool(lacking, tool))));
    }

    Answer.Ask toConfirm(Approval approval) {
        return new Answer.Ask(
                Optional.of(approval.id()),
                approval.digest(),
                approval.tier(),
                words(approval.question(), approval.accountLabel()),
                page(approval.id()));
    }

    /** Where one question is answered. */
    URI page(String approvalId) {
        return at(URI.create("/approvals/" + approvalId));
    }

    private URI at(URI pathAndQuery) {
        return publicUrl.resolve(pathAndQuery);
    }

    /** The page in words, for a form: the host without its scheme, so that no client makes a link of it. */
    static String named(Answer.Ask ask) {
        var page = ask.page();
        var place = page.getRawAuthority() + page.getRawPath();
        return ask.approvalId().isPresent()
                ? ask.message() + "\n\nThis is decided on the approvals page of Countersign, at " + place
                        + ". Open it in your browser, decide there, then continue here."
                : ask.message() + "\n\nOpen the page of Countersign at " + place
                        + " in your browser, connect the account there, then continue here.";
    }

    /** The question as a request to a client of 2026-07-28; empty when it takes no questions. MCP, client/elicitation. */
    static Optional<ObjectNode> form(Answer.Ask ask, Round round) {
        if (!round.takes("elicitation")) {
            return Optional.empty();
        }
        var elicitation = round.capabilities().path("elicitation");
        boolean takesPages = elicitation.has("url");
        boolean takesForms = elicitation.has("form") || !takesPages;
        boolean inForm = takesForms && ask.formDecides();
        return Optional.of(takesPages && !inForm ? address(ask) : asForm(inForm ? ask.message() : named(ask)));
    }

    static ObjectNode address(Answer.Ask ask) {
        var request = JsonNodeFactory.instance.objectNode().put("method", "elicitation/create");
        request.putObject("params")
                .put("mode", "url")
                .put("message", ask.message())
                .put("url", ask.page().toString());
        return request;
    }

    private static ObjectNode asForm(String message) {
        var request = JsonNodeFactory.instance.objectNode().put("method", "elicitation/create");
        var params = request.putObject("params").put("mode", "form").put("message", message);
        params.putObject("requestedSchema").put("type", "object").putObject("properties");
        return request;
    }

    /** The answer to a client that cannot ask, or has waited long enough. */
    static Answer.Result elsewhere(Answer.Ask ask) {
        return ask.approvalId().isPresent()
                ? ToolJson.elsewhere(
                        "Nothing was done yet: the person must confirm this first. Ask them to open " + ask.page()
                                + " and decide there. Then make exactly the same call again to get its result.",
                        "confirmation_required",
                        ask.page(),
                        ask.approvalId())
                : ToolJson.elsewhere(
                        ask.message() + " Ask the person to open " + ask.page()
                                + " and connect the account there. Then make the same call again.",
                        "connection_required",
                        ask.page(),
                        Optional.empty());
    }

    /** The answer to a client whose call was approved and takes longer than it may wait. */
    static Answer.Result underWay(URI page, String approvalId) {
        return ToolJson.elsewhere(
                "It was approved and is being carried out. Make exactly the same call again to get its result.",
                "running",
                page,
                Optional.of(approvalId));
    }

    private static String words(Question question, Optional<String> account) {
        var text = new StringBuilder(visible(question.verb(), MOST_CHARACTERS)).append('?');
        account.ifPresent(label -> line(text, "Account", label));
        question.values().stream().limit(MOST_VALUES).forEach(value -> line(text, value.label(), value.text()));
        int left = question.values().size() - MOST_VALUES;
        if (left > 0) {
            text.append("\n… and ").append(left).append(" more");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append('\n')
                .append(visible(label, MOST_CHARACTERS))
                .append(": “")
                .append(visible(value, MOST_CHARACTERS))
                .append('”');
    }

    /** Plain text in which what cannot be seen is shown, and no scheme makes a link. */
    static String visible(String value, int most) {
        var shown = new StringBuilder();
        value.codePoints().limit(most).forEach(point -> show(point, shown));
        long more = value.codePoints().count() - most;
        if (more > 0) {
            shown.append(String.format(Locale.ROOT, "… (%d more characters)", more));
        }
        return shown.toString().replace("://", "[:]//");
    }

    private static void show(int point, StringBuilder into) {
        boolean hidden = switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
        if (point == '\n') {
            into.append(" ⏎ ");
        } else if (hidden) {
            into.append(String.format(Locale.ROOT, "⟦U+%04X⟧", point));
        } else {
            into.appendCodePoint(point);
        }
    }
}
