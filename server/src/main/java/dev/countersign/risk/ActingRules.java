package dev.countersign.risk;

import dev.countersign.risk.Signal.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules about a call that acts, over what its client read and whom the person knows. Guarded by their {@link History}. */
final class ActingRules {
    private final Target target;
    private final Taint taint;
    private final Known known;
    private final Instant now;

    /** Where each name of the target was read, in words. */
    private final Map<String, String> placed = new LinkedHashMap<>();

    private ActingRules(Target target, Taint taint, Known known, Instant now) {
        this.target = target;
        this.taint = taint;
        this.known = known;
        this.now = now;
    }

    static List<Finding> findings(Target target, Taint taint, Known known, Instant now) {
        var rules = new ActingRules(target, taint, known, now);
        rules.place();
        var findings = new ArrayList<Finding>();
        rules.flow().ifPresent(findings::add);
        rules.foreignArgument().ifPresent(findings::add);
        rules.firstSeen().ifPresent(findings::add);
        rules.lookAlike().ifPresent(findings::add);
        return findings;
    }

    private void place() {
        for (var address : target.addresses()) {
            place(address, namesOf(address));
        }
        for (var host : target.hosts()) {
            place(host, withParents(host));
        }
    }

    private void place(String name, List<String> matches) {
        for (var match : matches) {
            var provenance = taint.place(match, now);
            if (provenance.isPresent()) {
                placed.put(name, Words.stands(name, match, provenance.get(), now));
                return;
            }
        }
        if (!familiar(name)) {
            taint.tooMuch(now).ifPresent(provenance -> placed.put(name, Words.mayStand(name, provenance, now)));
        }
    }

    /** An address stands in a text itself, or its host does, unless that is one where the person knows others. */
    private List<String> namesOf(String address) {
        var names = new ArrayList<String>();
        names.add(address);
        var domain = Names.domain(address);
        if (!target.ownDomains().contains(domain) && !known.domain(domain)) {
            names.addAll(withParents(domain));
        }
        return names;
    }

    /** Whoever owns a domain can make hosts under it that carry a message in their name. */
    private static List<String> withParents(String host) {
        var names = new ArrayList<String>();
        var name = host;
        while (name.indexOf('.') > 0) {
            names.add(name);
            name = name.substring(name.indexOf('.') + 1);
        }
        if (names.isEmpty()) {
            names.add(host);
        }
        return names;
    }

    private boolean familiar(String name) {
        return name.indexOf('@') >= 0 ? known.address(name) : known.domain(name);
    }

    /** Private data and text of others were read, and now something leaves. */
    private Optional<Finding> flow() {
        if (!target.leaves() || !taint.complete(now)) {
            return Optional.empty();
        }
        var words = new StringBuilder(
                "This app had read your private data and text that others wrote, and this reaches somebody else.");
        var named = new LinkedHashSet<>(target.outside());
        named.retainAll(placed.keySet());
        named.stream().limit(3).forEach(name -> words.append(' ').append(placed.get(name)));
        var unplaced = new LinkedHashSet<>(target.outside());
        unplaced.removeAll(placed.keySet());
        if (!unplaced.isEmpty()) {
            words.append(" No text of others that this app read names ")
                    .append(Words.listed(unplaced))
                    .append('.');
        }
        if (named.isEmpty()) {
            taint.lastForeign(now)
                    .ifPresent(last -> words.append(" The last such text was ")
                            .append(Words.read(last, now))
                            .append('.'));
        }
        return Optional.of(Finding.raise(
                Code.FLOW, words.toString(), target.outside().size(), String.join(" ", target.outside())));
    }

    /** An argument that stands in text of others and that the person never used. */
    private Optional<Finding> foreignArgument() {
        var strange = new LinkedHashSet<>(placed.keySet());
        strange.removeIf(this::familiar);
        if (strange.isEmpty()) {
            return Optional.empty();
        }
        boolean told =
                target.leaves() && taint.complete(now) && target.outside().containsAll(strange);
        var words = new StringBuilder(Words.listed(strange))
                .append(strange.size() == 1 ? " is" : " are")
                .append(" known from text that others wrote, and not from anything that you did here.");
        if (!told) {
            strange.stream().limit(3).forEach(name -> words.append(' ').append(placed.get(name)));
        }
        return Optional.of(
                Finding.raise(Code.FOREIGN_ARGUMENT, words.toString(), strange.size(), String.join(" ", strange)));
    }

    private Optional<Finding> firstSeen() {
        var strangers = new LinkedHashSet<>(target.outside());
        strangers.removeIf(known::address);
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.raise(
                        Code.FIRST_SEEN_RECIPIENT,
                        "This would be the first message from here to " + Words.listed(strangers) + ".",
                        strangers.size(),
                        String.join(" ", strangers)));
    }

    private Optional<Finding> lookAlike() {
        return target.outside().stream()
                .filter(address -> address.indexOf('@') > 0)
                .flatMap(address -> known
                        .lookAlike(Names.domain(address), target.ownDomains())
                        .map(real -> Finding.raise(
                                Code.LOOK_ALIKE,
                                Names.domain(address) + " in " + address + " reads like " + real
                                        + ", which you know, but is another domain.",
                                1,
                                address))
                        .stream())
                .findFirst();
    }
}
