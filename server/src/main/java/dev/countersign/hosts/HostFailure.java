package dev.countersign.hosts;

/** A server of an account could not be used. What it wrote itself stays out. */
public final class HostFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** Why, as far as it changes what is done about it. */
    public enum Reason {
        UNKNOWN_HOST("is not known. Check how it is written."),
        NOT_PUBLIC("has an address that is not public, which this server does not connect to."),
        NOT_REACHED("cannot be reached at this port. Check name and port."),
        NO_TLS("has no certificate that can be trusted for its name. Check the name; the password was not sent."),
        NO_STARTTLS("offers no encryption at this port. Use its port for TLS; the password was not sent."),
        SILENT("gave no answer in time. Check name and port, or try again in a minute."),
        NOT_UNDERSTOOD("answers, but not as such a server does. Check name, port and path."),
        TOO_MUCH("answered with more than can be taken. Ask for less of it."),
        ELSEWHERE("points to another host. Give the address of that host, if you trust it."),
        NO_PASSWORDS("takes no password in a way that Countersign knows."),
        PASSWORD_REFUSED("refused the password. Most hosts want an app password here, which you make in the security"
                + " settings of your account there; some want IMAP or CalDAV switched on first."),
        APP_PASSWORD_NEEDED(
                "wants an app password, not the one that you sign in with yourself. Make one in the security"
                        + " settings of your account there."),
        NO_TOKENS("takes no access token in a way that Countersign knows. It has to offer OAUTHBEARER or XOAUTH2."),
        TOKEN_REFUSED("does not take the access that was consented to. Link the account again."),
        SCOPE_REFUSED("wants more than what was consented to. Link the account again with that permission."),
        LATER("lets nobody in at the moment. Try again in some minutes.");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Whether another password or token would help. */
        public boolean ofLogin() {
            return this == PASSWORD_REFUSED || this == APP_PASSWORD_NEEDED || this == TOKEN_REFUSED;
        }
    }

    private final String host;
    private final Reason reason;
    private final boolean sent;

    private HostFailure(String host, Reason reason, boolean sent, Throwable cause) {
        super(host + " " + reason.words, cause);
        this.host = host;
        this.reason = reason;
        this.sent = sent;
    }

    HostFailure(String host, Reason reason) {
        super(host + " " + reason.words);
        this.host = host;
        this.reason = reason;
        this.sent = false;
    }

    static HostFailure before(String host, Reason reason, Throwable cause) {
        return new HostFailure(host, reason, false, cause);
    }

    /** The request had left. */
    static HostFailure after(String host, Reason reason, Throwable cause) {
        return new HostFailure(host, reason, true, cause);
    }

    public Reason reason() {
        return reason;
    }

    /** Whether a request may have reached it. */
    public boolean sent() {
        return sent;
    }

    /** For a person: the host, what is wrong, and what to do. */
    public String sentence() {
        return host + " " + reason.words;
    }
}
