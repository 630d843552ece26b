package dev.countersign.front;

import dev.countersign.client.Browser;
import dev.countersign.client.ModernClient;
import dev.countersign.client.OAuthLogin;
import dev.countersign.client.OAuthLogin.Tokens;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A client application that a person let in.
 *
 * @param mcp the address that it was attached to
 */
public record AttachedApp(URI mcp, OAuthLogin login, Tokens tokens) {
    public static final List<String> ALL_SCOPES = List.of(
            "calendar:read", "calendar:write", "mail:read", "mail:write", "mail:send", "contacts:read", "search");

    /** Can be asked by page and by form. */
    public static final String PAGES_AND_FORMS = "{\"elicitation\":{\"url\":{},\"form\":{}}}";

    /** Can be asked nothing. */
    public static final String NOTHING = "{}";

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String REDIRECT = "http://127.0.0.1:9/callback";

    public static AttachedApp attach(URI mcp, String email, String password, String clientName) {
        return attach(mcp, email, password, clientName, ALL_SCOPES);
    }

    public static AttachedApp attach(URI mcp, String email, String password, String clientName, List<String> scopes) {
        var login = OAuthLogin.discover(mcp, clientName, URI.create(REDIRECT));
        return new AttachedApp(mcp, login, authorize(login, email, password, scopes));
    }

    /** The same client gets in once more: a further session of the person. */
    public AttachedApp again(String email, String password) {
        return new AttachedApp(mcp, login, authorize(login, email, password, ALL_SCOPES));
    }

    public AttachedApp refreshed() {
        return new AttachedApp(mcp, login, login.refresh(tokens.refreshToken()));
    }

    private static Tokens authorize(OAuthLogin login, String email, String password, List<String> scopes) {
        try (var browser = new Browser(REDIRECT)) {
            var started = login.start(scopes);
            var consent = browser.signInIfAsked(browser.open(started.url()), email, password);
            return login.finish(
                    started, browser.press(consent, "Allow", Map.of()).url());
        }
    }

    public ModernClient modern(String capabilities) {
        return new ModernClient(mcp, tokens.accessToken(), capabilities);
    }

    /**
     * The Java SDK's client, initialized.
     *
     * @param answers what it answers when it is asked by form or page
     */
    public McpSyncClient legacy(ClientCapabilities capabilities, Function<ElicitRequest, ElicitResult> answers) {
        var transport = HttpClientStreamableHttpTransport.builder(origin())
                .endpoint(mcp.getPath())
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + tokens.accessToken()))
                .build();
        var builder = McpClient.sync(transport)
                .requestTimeout(TIMEOUT)
                .initializationTimeout(TIMEOUT)
                .capabilities(capabilities);
        var client = capabilities.elicitation() == null
                ? builder.build()
                : builder.elicitation(answers::apply)
                        .urlElicitation(answers::apply)
                        .build();
        client.initialize();
        return client;
    }

    private String origin() {
        return mcp.getScheme() + "://" + mcp.getRawAuthority();
    }
}
