package dev.countersign.mcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Takes word of changed resources from whoever changes them to the clients that have subscribed. */
public final class ResourceChanges {
    private final List<BiConsumer<String, String>> listeners = new CopyOnWriteArrayList<>();

    /** A person's resource is not what it was. Only that person's clients hear of it. */
    public void changed(String userId, String uri) {
        listeners.forEach(listener -> listener.accept(userId, uri));
    }

    void listen(BiConsumer<String, String> listener) {
        listeners.add(listener);
    }
}
