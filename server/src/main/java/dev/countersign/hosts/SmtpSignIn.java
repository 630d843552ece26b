package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Signs in to a submission server: STARTTLS where TLS was not there from the start, then AUTH. RFC 6409, RFC 4954. */
final class SmtpSignIn implements Wire.Talk {
    private static final String GREETING = "220 signed in";

    /** A name that tells nothing of this machine. RFC 5321 section 4.1.3. */
    private static final String EHLO = "EHLO [127.0.0.1]";

    private final Login login;

    /**
     * @param lines upper case, without the code
     * @param challenge the last of them, as it stands
     */
    private record Reply(int code, List<String> lines, String challenge) {
        boolean says(String words) {
            return lines.stream().anyMatch(line -> line.contains(words));
        }
    }

    SmtpSignIn(Login login) {
        this.login = login;
    }

    @Override
    public String over(Wire wire) throws IOException, HostFailure {
        expect(wire, reply(wire), 220);
        var hello = hello(wire);
        if (!wire.secured() && hello.lines().contains("STARTTLS")) {
            if (said(wire, "STARTTLS").code() != 220) {
                throw wire.failure(Reason.NO_STARTTLS);
            }
            wire.secure();
            hello = hello(wire);
        }
        if (!wire.mayCarryPassword()) {
            throw wire.failure(Reason.NO_STARTTLS);
        }
        authenticate(wire, hello);
        return GREETING;
    }

    private static Reply hello(Wire wire) throws IOException, HostFailure {
        var hello = said(wire, EHLO);
        expect(wire, hello, 250);
        return hello;
    }

    private void authenticate(Wire wire, Reply hello) throws IOException, HostFailure {
        var ways = hello.lines().stream()
                .filter(line -> line.startsWith("AUTH ") || line.startsWith("AUTH="))
                .flatMap(line -> List.of(line.substring("AUTH ".length()).split(" +")).stream())
                .toList();
        switch (login) {
            case Login.Password password -> withPassword(wire, password, ways);
            case Login.Bearer bearer -> withToken(wire, bearer, ways);
        }
    }

    private static void withPassword(Wire wire, Login.Password password, List<String> ways)
            throws IOException, HostFailure {
        if (ways.contains("PLAIN")) {
            accepted(wire, said(wire, "AUTH PLAIN " + Sasl.plain(password)), Reason.PASSWORD_REFUSED);
        } else if (ways.contains("LOGIN")) {
            expect(wire, said(wire, "AUTH LOGIN"), 334);
            expect(wire, said(wire, Sasl.user(password)), 334);
            accepted(wire, said(wire, Sasl.password(password)), Reason.PASSWORD_REFUSED);
        } else {
            throw wire.failure(Reason.NO_PASSWORDS);
        }
    }

    private static void withToken(Wire wire, Login.Bearer bearer, List<String> ways) throws IOException, HostFailure {
        var mechanism = TokenMechanism.among(ways).orElseThrow(() -> wire.failure(Reason.NO_TOKENS));
        var message = mechanism.message(bearer, wire.host(), wire.port());
        wire.say("AUTH " + mechanism.name() + " " + message);
        var reply = reply(wire);
        if (reply.code() == 334) {
            accepted(wire, said(wire, mechanism.afterChallenge()), TokenMechanism.reason(reply.challenge()));
            throw wire.failure(Reason.NOT_UNDERSTOOD); // let in after an error
        }
        accepted(wire, reply, Reason.TOKEN_REFUSED);
    }

    /** RFC 4954 section 6. */
    private static void accepted(Wire wire, Reply reply, Reason refusal) throws HostFailure {
        if (reply.code() == 235) {
            return;
        }
        if (reply.code() == 534 || reply.says("APPLICATION-SPECIFIC") || reply.says("APP PASSWORD")) {
            throw wire.failure(Reason.APP_PASSWORD_NEEDED);
        }
        throw wire.failure(reply.code() < 500 ? Reason.LATER : refusal);
    }

    private static void expect(Wire wire, Reply reply, int code) throws HostFailure {
        if (reply.code() != code) {
            throw wire.failure(reply.code() == 421 || reply.code() == 454 ? Reason.LATER : Reason.NOT_UNDERSTOOD);
        }
    }

    private static Reply said(Wire wire, String line) throws IOException, HostFailure {
        wire.say(line);
        return reply(wire);
    }

    /** RFC 5321 section 4.2.1: all lines but the last have a hyphen after the code. */
    private static Reply reply(Wire wire) throws IOException, HostFailure {
        var lines = new ArrayList<String>();
        while (true) {
            var line = wire.line();
            if (!line.matches("[2-5][0-9]{2}([ -].*)?")) {
                throw wire.failure(Reason.NOT_UNDERSTOOD);
            }
            var text = line.length() > 4 ? line.substring(4).strip() : "";
            lines.add(text.toUpperCase(Locale.ROOT));
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), lines, text);
            }
        }
    }
}
