package dev.countersign.console;

import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connections.PasswordLinking.Kept;
import dev.countersign.connections.PasswordOutcome.Obstacle;
import dev.countersign.connections.PasswordWish;
import dev.countersign.console.ConnectionViews.Choice;
import dev.countersign.console.ConnectionViews.PasswordForm;
import dev.countersign.console.ConnectionViews.ServerField;
import dev.countersign.console.Refusal.Problem;
import dev.countersign.hosts.ServerAddress;
import dev.countersign.hosts.ServerWords;
import dev.countersign.http.Request;
import dev.countersign.oauth.Scope;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in the form of an account with a password.
 *
 * @param user the name to sign in with; empty for the address
 * @param servers as typed, by what they are for; empty where there is none
 * @param scopes ours that are ticked
 * @param password absent until one is given that can be meant; the page that is shown again has none
 */
record PasswordEntry(
        String address,
        String user,
        Map<String, String> servers,
        List<String> scopes,
        String label,
        Optional<Secret> password) {
    /** In the order in which people are asked; a connector's other servers come after them. */
    private static final Map<String, String> LABELS = labels();

    PasswordEntry {
        servers = Map.copyOf(servers);
        scopes = List.copyOf(scopes);
    }

    private static Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("caldav", "Calendar server (CalDAV)");
        labels.put("carddav", "Contacts server (CardDAV)");
        labels.put("imap", "Mail server (IMAP)");
        labels.put("smtp", "Server for sending (SMTP)");
        return labels;
    }

    static boolean isAddress(String text) {
        return text.length() <= 254 && text.matches("[^\\s@<>\"\\p{C}]{1,64}@[^\\s@<>\"\\p{C}/:]{1,253}");
    }

    /** A new account, with the servers that were found. */
    static PasswordEntry fresh(String address, Map<String, URI> servers, LinkableProvider linkable, ConnectionAsk ask) {
        var asked = ask.scopesOf(linkable);
        return new PasswordEntry(
                address, "", texts(servers), asked.isEmpty() ? linkable.scopes() : asked, "", Optional.empty());
    }

    /** An account that is linked already, with what it has. */
    static PasswordEntry again(LinkedAccount account, Kept kept, ConnectionAsk ask) {
        var scopes = new ArrayList<>(account.scopes());
        scopes.addAll(ask.scopes());
        return new PasswordEntry(
                account.address(),
                kept.user().equals(account.address()) ? "" : kept.user(),
                texts(kept.servers()),
                scopes,
                "",
                Optional.empty());
    }

    /** What was sent. */
    static PasswordEntry of(Request request, LinkableProvider linkable, String address) {
        var servers = new LinkedHashMap<String, String>();
        for (var name : names(linkable)) {
            servers.put(name, request.form("server-" + name).orElse("").strip());
        }
        return new PasswordEntry(
                address,
                request.form("user").orElse("").strip(),
                servers,
                ConnectionAsk.of(request.form()).scopesOf(linkable),
                request.form("label").orElse("").strip(),
                request.form("password")
                        .map(String::strip)
                        .filter(text -> text.matches("[^\\p{C}]{1,256}"))
                        .map(Secret::of));
    }

    private static Map<String, String> texts(Map<String, URI> servers) {
        var texts = new LinkedHashMap<String, String>();
        servers.forEach((name, address) -> texts.put(name, address.toString()));
        return texts;
    }

    private static List<String> names(LinkableProvider linkable) {
        var offered = linkable.password().orElseThrow().signIn().scopes().keySet();
        var names = new ArrayList<>(
                LABELS.keySet().stream().filter(offered::contains).toList());
        offered.stream().filter(name -> !names.contains(name)).sorted().forEach(names::add);
        return names;
    }

    /** What must be mended before anything is tried. */
    List<Problem> problems(LinkableProvider linkable) {
        var problems = new ArrayList<Problem>();
        if (scopes.isEmpty()) {
            problems.add(Problem.at("scopes", "Tick at least one thing that the account may be used for."));
        }
        for (var name : names(linkable)) {
            var typed = servers.getOrDefault(name, "");
            if (!typed.isEmpty() && ServerAddress.parse(name, typed).isEmpty()) {
                problems.add(Problem.at(
                        field(name), spoken(name) + " cannot be read. Write it like " + example(name) + "."));
            }
        }
        if (problems.isEmpty() && needed(linkable).isEmpty()) {
            problems.add(new Problem(firstNeeded(linkable), "Give a server for what you ticked."));
        }
        if (user.length() > 254 || user.matches(".*[\\p{C}:].*")) {
            problems.add(Problem.at(
                    "user", "Give a user name of at most 254 characters without a colon, or leave it empty."));
        }
        if (password.isEmpty()) {
            problems.add(Problem.at("app-password", "Give the app password, 1 to 256 characters."));
        }
        return problems;
    }

    private Optional<String> firstNeeded(LinkableProvider linkable) {
        var way = linkable.password().orElseThrow();
        return names(linkable).stream()
                .filter(name -> way.needs(name, Set.copyOf(scopes)))
                .findFirst()
                .map(PasswordEntry::field);
    }

    /** What the servers said, at what can be mended; in the order of the page, which is theirs. */
    static List<Problem> problems(List<Obstacle> obstacles) {
        return obstacles.stream().map(PasswordEntry::problem).toList();
    }

    private static Problem problem(Obstacle obstacle) {
        var sentence = obstacle.server().map(name -> spoken(name) + ": ").orElse("") + obstacle.sentence();
        var field = switch (obstacle.mend()) {
            case ADDRESS -> obstacle.server().map(PasswordEntry::field);
            case PASSWORD -> Optional.of("app-password");
            case NONE -> Optional.<String>empty();
        };
        return new Problem(field, sentence);
    }

    /** The id of a server's field. */
    private static String field(String name) {
        return "server-" + name;
    }

    /** At the beginning of a sentence. */
    private static String spoken(String name) {
        var words = ServerWords.of(name);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private Map<String, URI> needed(LinkableProvider linkable) {
        var way = linkable.password().orElseThrow();
        var needed = new LinkedHashMap<String, URI>();
        for (var name : names(linkable)) {
            if (way.needs(name, Set.copyOf(scopes))) {
                ServerAddress.parse(name, servers.getOrDefault(name, ""))
                        .ifPresent(address -> needed.put(name, address));
            }
        }
        return needed;
    }

    PasswordWish wish(LinkableProvider linkable) {
        return new PasswordWish(
                linkable,
                address,
                user.isEmpty() ? address : user,
                password.orElseThrow(),
                needed(linkable),
                Set.copyOf(scopes),
                label);
    }

    /** @param offered the scopes that such an account can have */
    PasswordForm view(
            LinkableProvider linkable,
            List<Scope> offered,
            boolean again,
            ConnectionAsk ask,
            List<Notice> notices,
            Refusal refusal) {
        return new PasswordForm(
                linkable.id(),
                linkable.name(),
                Shell.initial(linkable.name()),
                again,
                address,
                user,
                names(linkable).stream()
                        .map(name -> new ServerField(name, label(name), servers.getOrDefault(name, ""), example(name)))
                        .toList(),
                offered.stream()
                        .map(scope -> new Choice(ConnectionCards.permission(scope), scopes.contains(scope.value())))
                        .toList(),
                label,
                notices,
                refusal,
                "/connect/" + linkable.id(),
                ask.carried());
    }

    private static String label(String name) {
        return LABELS.getOrDefault(name, name);
    }

    private static String example(String name) {
        return switch (name) {
            case "imap" -> "imaps://imap.example.com:993";
            case "smtp" -> "smtps://smtp.example.com:465";
            default -> "https://dav.example.com/";
        };
    }
}
