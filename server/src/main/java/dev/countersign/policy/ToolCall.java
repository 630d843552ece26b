package dev.countersign.policy;

import dev.countersign.approvals.Tier;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.http.Request;
import dev.countersign.oauth.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call as the checks see it, with what they found out so far.
 *
 * @param network who sent it
 * @param own the person's own mail addresses
 * @param questions makes the tool's question for the accounts that were chosen, with reads only
 * @param accounts those it uses, once the connection check has chosen them
 * @param least the weakest tier that is still enough
 * @param reasons why it is asked, in words for the person
 */
public record ToolCall(
        Principal principal,
        Request.Client network,
        Tool<?, ?> tool,
        ObjectNode arguments,
        Set<String> own,
        Function<List<LinkedAccount>, Question> questions,
        List<LinkedAccount> accounts,
        Tier least,
        List<String> reasons) {
    public ToolCall {
        own = Set.copyOf(own);
        accounts = List.copyOf(accounts);
        reasons = List.copyOf(reasons);
    }

    public static ToolCall of(
            Principal principal,
            Request.Client network,
            Tool<?, ?> tool,
            ObjectNode arguments,
            Set<String> own,
            Function<List<LinkedAccount>, Question> questions) {
        return new ToolCall(principal, network, tool, arguments, own, questions, List.of(), Tier.T0, List.of());
    }

    boolean reads() {
        return tool.effect() == Effect.READ;
    }

    /** The accounts that the arguments name. */
    List<String> named() {
        var names = new ArrayList<String>();
        var one = arguments.path("account");
        if (one.isString()) {
            names.add(one.stringValue());
        }
        arguments.path("accounts").forEach(each -> names.add(each.stringValue("")));
        return names;
    }

    ToolCall with(List<LinkedAccount> chosen) {
        return new ToolCall(principal, network, tool, arguments, own, questions, chosen, least, reasons);
    }

    /** The same, confirmed at least so strongly. */
    ToolCall atLeast(Tier tier, List<String> because) {
        var all = new ArrayList<>(reasons);
        all.addAll(because);
        return new ToolCall(principal, network, tool, arguments, own, questions, accounts, least.orStronger(tier), all);
    }
}
