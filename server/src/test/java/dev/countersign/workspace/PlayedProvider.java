package dev.countersign.workspace;

import dev.countersign.front.CountersignServer;
import java.util.Map;
import java.util.Optional;

/** A provider that Alice and Bob have accounts at, as a test needs it: what differs between providers is here. */
interface PlayedProvider extends AutoCloseable {
    /** Server settings with which it can be linked. */
    Map<String, String> settings();

    /** Links the person's account over the pages, as they would. */
    void link(CountersignServer server, Desk desk, String person);

    /** The address of the person's account there. */
    String address(String person);

    /** A mail in Alice's inbox that carries a text file; others may be there. */
    Letter letter(CountersignServer server);

    /** Lets the people's calendar programs take what came by mail, where no server does it for them. */
    default void settle() {}

    /** Whether it says when others are busy. */
    default boolean knowsOthersBusyTimes() {
        return true;
    }

    /** A text file that can be searched, where it has files. */
    default Optional<KnownFile> file() {
        return Optional.empty();
    }

    /** Ends the life of the person's access tokens; false where there are none. */
    default boolean expire(CountersignServer server, String person) {
        return false;
    }

    /** Refuses Alice's lists of calendars as too many, so many times; false where it cannot. */
    default boolean limitCalendars(CountersignServer server, int times) {
        return false;
    }

    /** Takes its orders back. */
    default void recover(CountersignServer server) {}

    @Override
    void close();

    record Letter(String subject, String fileName, String words) {}

    record KnownFile(String name, String words) {}
}
