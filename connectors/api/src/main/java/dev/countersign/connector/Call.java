package dev.countersign.connector;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** One call of a tool, as its body sees it: who asks, which accounts it may use, and how it talks to them. */
public interface Call {
    /**
     * An id that stays the same when an approved call is carried out again after a crash, and differs for every other
     * call: 26 characters of {@code [0-9a-z]}. What an upstream takes as an id of ours is made from it.
     */
    String id();

    /**
     * The version of the target in the question that was answered; empty when nobody was asked or it has none. A tool that
     * acts gives this one to the upstream, not that of a later look: what the person did not see is then not acted on.
     */
    default Optional<String> shownVersion() {
        return Optional.empty();
    }

    /** The person's mail address at Countersign. */
    String person();

    /** The zone that the person lives by. */
    ZoneId zone();

    Instant now();

    /**
     * The accounts this call uses: one for {@link Tool.Accounts#ONE}; for {@link Tool.Accounts#EVERY} all that can serve
     * the tool, or those that its {@code accounts} argument names; none for {@link Tool.Accounts#NONE}.
     */
    List<Account> accounts();

    /** The one account of a {@link Tool.Accounts#ONE} tool. */
    Account account();

    /** A service of the one account, e.g. {@code CalendarService.class}. */
    <S> S service(Class<S> type);

    <S> S service(Class<S> type, Account account);

    /** The one account's API, for a connector's own tools. */
    Upstream upstream();

    /** Makes a cursor that only this person, with this client, tool and arguments, can open, for an hour. */
    String sealCursor(String state);

    /** Opens such a cursor, or fails with a {@link ToolException} that says to start again without one. */
    String openCursor(String cursor);

    /** Tells the client how far the call is; does nothing when it did not ask. */
    void progress(double done, double total, String message);

    /** Fails with {@link java.util.concurrent.CancellationException} when the client went away or the deadline passed. */
    void checkCancelled();
}
