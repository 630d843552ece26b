package dev.countersign.connections;

import dev.countersign.connector.Call;
import dev.countersign.oauth.Principal;

/** A call as the server's own tools see it: they also know for whom and through which client it is made. */
public interface ServerCall extends Call {
    Principal principal();
}
