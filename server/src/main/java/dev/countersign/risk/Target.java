package dev.countersign.risk;

import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a call that acts is aimed at.
 *
 * @param outside addresses that it reaches, less the person's own
 * @param leaves whether something reaches somebody else
 * @param addresses all that it names, less the person's own
 * @param hosts all that it names, less those of the person's own addresses
 */
record Target(Set<String> outside, boolean leaves, Set<String> addresses, Set<String> hosts, Set<String> ownDomains) {

    static Target of(CallFacts facts, JsonNode arguments, Question question) {
        var own = facts.own().stream()
                .map(address -> Names.address(address).orElse(address))
                .collect(Collectors.toSet());
        var ownDomains = own.stream().map(Names::domain).collect(Collectors.toSet());
        var outside = outside(question.reaches(), own);
        var addresses = new LinkedHashSet<>(outside);
        var hosts = new LinkedHashSet<String>();
        question.reaches().forEach(text -> collect(text, addresses, hosts));
        walk(arguments, addresses, hosts);
        addresses.removeAll(own);
        hosts.removeAll(ownDomains);
        // a call that reaches others and does not say whom counts as one that reaches a stranger
        boolean leaves = !outside.isEmpty()
                || (facts.effect() == Effect.SEND && question.reaches().isEmpty());
        return new Target(outside, leaves, addresses, hosts, ownDomains);
    }

    private static Set<String> outside(List<String> reaches, Set<String> own) {
        var outside = new LinkedHashSet<String>();
        for (var text : reaches) {
            outside.add(Names.address(text).orElseGet(() -> text.strip().toLowerCase(Locale.ROOT)));
        }
        outside.removeAll(own);
        return outside;
    }

    private static void walk(JsonNode node, Set<String> addresses, Set<String> hosts) {
        if (node.isString()) {
            collect(node.stringValue(), addresses, hosts);
        }
        for (var child : node) {
            walk(child, addresses, hosts);
        }
    }

    private static void collect(String text, Set<String> addresses, Set<String> hosts) {
        var mentions = Mentions.in(text);
        addresses.addAll(mentions.addresses());
        hosts.addAll(mentions.hosts());
    }
}
