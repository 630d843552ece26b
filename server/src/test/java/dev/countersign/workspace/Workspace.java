package dev.countersign.workspace;

import dev.countersign.front.CountersignServer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server with Alice and Bob signed in, each with an account at one provider. */
interface Workspace {
    CountersignServer server();

    PlayedProvider provider();

    Desk alice();

    Desk bob();

    default String bobsAddress() {
        return provider().address(CountersignServer.BOB);
    }

    default String alicesAddress() {
        return provider().address(CountersignServer.ALICE);
    }

    /** The arguments, with one more. */
    static Map<String, Object> with(Map<String, ?> arguments, String name, Object value) {
        var more = new LinkedHashMap<String, Object>(arguments);
        more.put(name, value);
        return more;
    }
}
