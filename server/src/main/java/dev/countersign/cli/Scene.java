package dev.countersign.cli;

import dev.countersign.cli.Starter.Stage;
import dev.countersign.client.OAuthLogin;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Who takes part in the tour, where, and the clients that they attach on the way. */
final class Scene implements AutoCloseable {
    private final URI mcp;
    private final Stage stage;
    private final Visitor alice;
    private final Visitor bob;
    private final Deque<Runnable> open = new ArrayDeque<>();

    /** The client that Alice uses in most steps. */
    private final Kept<Assistant> assistant = new Kept<>();

    /**
     * @param console Countersign's origin
     * @param provider the sandbox's origin
     */
    Scene(URI console, URI provider, Stage stage) {
        this.mcp = console.resolve("/mcp");
        this.stage = stage;
        this.alice = new Visitor("Alice", "alice@example.com", console, provider);
        this.bob = new Visitor("Bob", "bob@example.com", console, provider);
        atTheEnd(alice::close);
        atTheEnd(bob::close);
    }

    URI mcp() {
        return mcp;
    }

    Stage stage() {
        return stage;
    }

    Visitor alice() {
        return alice;
    }

    Visitor bob() {
        return bob;
    }

    Assistant assistant() {
        return assistant.get();
    }

    /** Finds the server's sign-in from its MCP address alone and registers a client of this name there. */
    OAuthLogin register(String clientName) {
        return OAuthLogin.discover(mcp, clientName, Visitor.CALLBACK);
    }

    Assistant attach(Visitor person, OAuthLogin login, Collection<String> scopes) {
        var attached = new Assistant(person, mcp, login, scopes);
        atTheEnd(attached::close);
        return attached;
    }

    void keepAssistant(Assistant attached) {
        assistant.put(attached);
    }

    /** Done when the tour has ended, the last first. */
    void atTheEnd(Runnable close) {
        open.push(close);
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
