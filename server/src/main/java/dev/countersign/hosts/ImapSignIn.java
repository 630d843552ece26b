package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Signs in to an IMAP server: STARTTLS where TLS was not there from the start, then AUTHENTICATE or LOGIN. RFC 9051. */
final class ImapSignIn implements Wire.Talk {
    private static final String GREETING = "* PREAUTH signed in";

    /** The password may be right. RFC 5530. */
    private static final List<String> NOT_THE_PASSWORD =
            List.of("[UNAVAILABLE]", "[LIMIT]", "[INUSE]", "[SERVERBUG]", "[CONTACTADMIN]");

    private final Login login;
    private int tag;

    ImapSignIn(Login login) {
        this.login = login;
    }

    @Override
    public String over(Wire wire) throws IOException, HostFailure {
        greeted(wire);
        if (!wire.secured()) {
            secure(wire);
        }
        var capabilities = capabilities(wire);
        switch (login) {
            case Login.Password password -> withPassword(wire, password, capabilities);
            case Login.Bearer bearer -> withToken(wire, bearer, capabilities);
        }
        return GREETING;
    }

    private void withPassword(Wire wire, Login.Password password, Set<String> capabilities)
            throws IOException, HostFailure {
        if (capabilities.contains("AUTH=PLAIN")) {
            var sent = authenticate(wire, "PLAIN", Sasl.plain(password), capabilities);
            accepted(wire, tagged(wire, sent), Reason.PASSWORD_REFUSED);
        } else if (!capabilities.contains("LOGINDISABLED")) {
            login(wire, password);
        } else {
            throw wire.failure(Reason.NO_PASSWORDS);
        }
    }

    private void withToken(Wire wire, Login.Bearer bearer, Set<String> capabilities) throws IOException, HostFailure {
        var offered = capabilities.stream()
                .filter(one -> one.startsWith("AUTH="))
                .map(one -> one.substring("AUTH=".length()))
                .toList();
        var mechanism = TokenMechanism.among(offered).orElseThrow(() -> wire.failure(Reason.NO_TOKENS));
        var message = mechanism.message(bearer, wire.host(), wire.port());
        var sent = authenticate(wire, mechanism.name(), message, capabilities);
        var line = wire.line();
        if (line.startsWith("+")) {
            wire.say(mechanism.afterChallenge());
            accepted(wire, tagged(wire, sent), TokenMechanism.reason(line.substring(1)));
            throw wire.failure(Reason.NOT_UNDERSTOOD); // let in after an error
        }
        accepted(wire, tagged(wire, sent, line), Reason.TOKEN_REFUSED);
    }

    private static void greeted(Wire wire) throws IOException, HostFailure {
        var greeting = wire.line().toUpperCase(Locale.ROOT);
        if (greeting.startsWith("* BYE")) {
            throw wire.failure(Reason.LATER);
        }
        // RFC 9051 section 7.1.4: PREAUTH in clear would keep TLS from coming
        if (!greeting.startsWith("* OK")) {
            throw wire.failure(Reason.NOT_UNDERSTOOD);
        }
    }

    private void secure(Wire wire) throws IOException, HostFailure {
        if (capabilities(wire).contains("STARTTLS")) {
            if (!command(wire, "STARTTLS").startsWith("OK")) {
                throw wire.failure(Reason.NO_STARTTLS);
            }
            wire.secure();
        } else if (!wire.mayCarryPassword()) {
            throw wire.failure(Reason.NO_STARTTLS);
        }
    }

    private Set<String> capabilities(Wire wire) throws IOException, HostFailure {
        var sent = sent(wire, "CAPABILITY");
        var found = Set.<String>of();
        for (var line = wire.line(); ; line = wire.line()) {
            var upper = line.toUpperCase(Locale.ROOT);
            if (upper.startsWith("* CAPABILITY ")) {
                found = Set.copyOf(
                        List.of(upper.substring("* CAPABILITY ".length()).split(" +")));
            } else if (line.startsWith(sent + " ")) {
                return found;
            } else if (!line.startsWith("* ")) {
                throw wire.failure(Reason.NOT_UNDERSTOOD);
            }
        }
    }

    private String authenticate(Wire wire, String mechanism, String message, Set<String> capabilities)
            throws IOException, HostFailure {
        if (capabilities.contains("SASL-IR")) {
            return sent(wire, "AUTHENTICATE " + mechanism + " " + message);
        }
        var sent = sent(wire, "AUTHENTICATE " + mechanism);
        if (!wire.line().startsWith("+")) {
            throw wire.failure(Reason.NO_PASSWORDS);
        }
        wire.say(message);
        return sent;
    }

    /** As literals, which take every character. RFC 9051 section 4.3. */
    private void login(Wire wire, Login.Password login) throws IOException, HostFailure {
        var user = login.user().getBytes(StandardCharsets.UTF_8);
        var password = login.password().reveal(Secret.Purpose.UPSTREAM).getBytes(StandardCharsets.UTF_8);
        var sent = sent(wire, "LOGIN {" + user.length + "}");
        invited(wire);
        wire.write(user);
        wire.say(" {" + password.length + "}");
        invited(wire);
        wire.write(password);
        wire.say("");
        accepted(wire, tagged(wire, sent), Reason.PASSWORD_REFUSED);
    }

    private static void invited(Wire wire) throws IOException, HostFailure {
        if (!wire.line().startsWith("+")) {
            throw wire.failure(Reason.NO_PASSWORDS);
        }
    }

    private static void accepted(Wire wire, String answer, Reason refusal) throws HostFailure {
        if (answer.startsWith("OK")) {
            return;
        }
        if (answer.contains("APPLICATION-SPECIFIC") || answer.contains("APP PASSWORD")) {
            throw wire.failure(Reason.APP_PASSWORD_NEEDED);
        }
        boolean later = NOT_THE_PASSWORD.stream().anyMatch(answer::contains);
        throw wire.failure(later ? Reason.LATER : refusal);
    }

    private String command(Wire wire, String text) throws IOException, HostFailure {
        return tagged(wire, sent(wire, text));
    }

    private String sent(Wire wire, String text) throws IOException {
        var name = "c" + ++tag;
        wire.say(name + " " + text);
        return name;
    }

    /** What follows the tag, in upper case. */
    private static String tagged(Wire wire, String name) throws IOException, HostFailure {
        return tagged(wire, name, wire.line());
    }

    private static String tagged(Wire wire, String name, String first) throws IOException, HostFailure {
        for (var line = first; ; line = wire.line()) {
            if (line.startsWith(name + " ")) {
                return line.substring(name.length() + 1).toUpperCase(Locale.ROOT);
            }
            if (line.toUpperCase(Locale.ROOT).startsWith("* BYE")) {
                throw wire.failure(Reason.LATER);
            }
            if (line.startsWith("+")) {
                // an error that is told in a challenge awaits an empty answer
                wire.say("");
            } else if (!line.startsWith("* ")) {
                throw wire.failure(Reason.NOT_UNDERSTOOD);
            }
        }
    }
}
