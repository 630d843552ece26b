package dev.countersign.console;

import dev.countersign.audit.AuditEvent;
import dev.countersign.console.RecordViews.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Says audit events in words. */
final class EventWords {
    private final UnaryOperator<String> toolTitle;
    private final Function<String, Map<String, String>> clientNames;
    private final Function<String, Map<String, String>> accountLabels;

    /**
     * @param toolTitle a tool's title by its name
     * @param clientNames the names of a person's clients by their ids
     * @param accountLabels the labels of a person's accounts by their ids
     */
    EventWords(
            UnaryOperator<String> toolTitle,
            Function<String, Map<String, String>> clientNames,
            Function<String, Map<String, String>> accountLabels) {
        this.toolTitle = toolTitle;
        this.clientNames = clientNames;
        this.accountLabels = accountLabels;
    }

    /** Reads one person's events. */
    Reader of(String userId) {
        return new Reader(clientNames.apply(userId), accountLabels.apply(userId));
    }

    /** Knows the names that occur in one person's events. */
    final class Reader {
        private final Map<String, String> clients;
        private final Map<String, String> accounts;

        private Reader(Map<String, String> clients, Map<String, String> accounts) {
            this.clients = clients;
            this.accounts = accounts;
        }

        Event say(AuditEvent event, Times times) {
            var approval = Optional.ofNullable(event.detail().get("approval")).map(id -> "/approvals/" + id);
            return new Event(
                    times.clock(event.at()), times.ago(event.at()), what(event), badge(event), facts(event), approval);
        }

        private String what(AuditEvent event) {
            var client = event.clientId().map(this::client).orElse("An app");
            var account = accounts.getOrDefault(event.subject(), "an account");
            return switch (event.type()) {
                case "sign_in.succeeded" -> "You signed in";
                case "sign_in.failed" -> "A sign-in with your address failed";
                case "sign_out" -> "You signed out of a browser";
                case "person.created" -> "Your sign-in was made";
                case "grant.created" -> "You let " + client + " act for you";
                case "grant.revoked" -> client + " can no longer act for you";
                case "token.replayed" -> "A used key of " + client + " came back";
                case "account.linked" -> "You linked " + account;
                case "account.renamed" -> "You renamed " + account;
                case "account.disconnected", "account.unlinked" -> "You disconnected " + account;
                case "account.frozen" -> "Your accounts were stopped to be safe";
                case "account.unfrozen" -> "Your accounts can be used again";
                case "consent.decided" -> "You answered what an app asked";
                case "signal.first_seen_client" -> "An app was used for the first time";
                case "signal.first_seen_recipient" -> "A first message to somebody new";
                case "signal.refresh_replay" -> "A used key came back";
                case "signal.unusual_rate" -> "More calls than usual";
                case "signal.flow", "signal.foreign_argument" -> "What others wrote would have led something out";
                case "signal.look_alike" -> "An address that looks like a known one";
                case "signal.declines" -> "You declined several times in a row";
                default -> isAboutTool(event) ? toolTitle.apply(event.subject()) : plain(event.type());
            };
        }

        private List<String> facts(AuditEvent event) {
            var facts = new ArrayList<String>();
            if (isAboutTool(event)) {
                event.clientId().map(this::client).ifPresent(facts::add);
            }
            Optional.ofNullable(event.detail().get("account"))
                    .map(id -> accounts.getOrDefault(id, ""))
                    .filter(label -> !label.isEmpty())
                    .ifPresent(facts::add);
            Optional.ofNullable(event.detail().get("reason"))
                    .map(EventWords::plain)
                    .ifPresent(facts::add);
            return facts;
        }

        /** A client whose grants are gone is named by the host of its id, where that is an address. */
        private String client(String id) {
            var known = clients.get(id);
            if (known != null) {
                return known;
            }
            return id.startsWith("https://") ? id.substring("https://".length()).split("/", 2)[0] : "An app";
        }
    }

    private static boolean isAboutTool(AuditEvent event) {
        return event.type().startsWith("tool.") || event.type().startsWith("approval.");
    }

    private static Badge badge(AuditEvent event) {
        return switch (event.decision()) {
            case "allow" -> isAboutTool(event) ? good("Allowed") : good("Done");
            case "ask", "asked" -> new Badge("Asked you", Notice.Tone.WARN);
            case "deny" -> event.type().equals("grant.revoked") ? note("Ended") : bad("Refused");
            case "approved" -> good("Approved");
            case "declined" -> note("Declined");
            case "note" -> note("Noted");
            case "raise" -> new Badge("You are asked first", Notice.Tone.WARN);
            case "expired" -> note("Expired");
            case "superseded" -> note("Void");
            case "started", "claimed" -> note("Started");
            case "executed" -> good("Done");
            case "failed" -> bad("Failed");
            case "unknown" -> new Badge("Uncertain", Notice.Tone.WARN);
            default -> note(plain(event.decision()));
        };
    }

    private static Badge good(String words) {
        return new Badge(words, Notice.Tone.GOOD);
    }

    private static Badge note(String words) {
        return new Badge(words, Notice.Tone.NOTE);
    }

    private static Badge bad(String words) {
        return new Badge(words, Notice.Tone.BAD);
    }

    /** A constant as words: {@code token.replayed} is “Token replayed”. */
    private static String plain(String constant) {
        var words = constant.replace('.', ' ').replace('_', ' ').strip();
        return words.isEmpty()
                ? "Something happened"
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
