package dev.countersign.connector.github;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Revocation;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Setup;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The connector of GitHub accounts, at github.com or at a GitHub Enterprise Server. */
public final class GitHubConnector implements Connector {
    private static final String OAUTH_APP = "oauth-app";
    private static final String GITHUB_APP = "github-app";

    private static final List<Tool<?, ?>> TOOLS = List.of(
            SearchRepositories.tool(),
            GetRepository.tool(),
            GetFile.tool(),
            SearchCode.tool(),
            ListIssues.tool(),
            SearchIssues.tool(),
            GetIssue.tool(),
            CreateIssue.tool(),
            UpdateIssue.tool(),
            CreateComment.tool(),
            ListPullRequests.tool(),
            GetPullRequest.tool(),
            CreateReview.tool(),
            MergePullRequest.tool());

    @Override
    public String id() {
        return "github";
    }

    @Override
    public String name() {
        return "GitHub";
    }

    /**
     * Takes {@code url}: the origin of a GitHub Enterprise Server; absent for github.com. Takes {@code app}: {@code
     * github-app} (the default), whose tokens expire and whose permissions are the app's own, or {@code oauth-app}.
     */
    @Override
    public Provider provider(Settings settings) {
        var origin = settings.get("url").filter(url -> !url.isBlank()).map(GitHubConnector::origin);
        var web = origin.orElse("https://github.com");
        var api = URI.create(origin.map(own -> own + "/api/v3/").orElse("https://api.github.com/"));
        var provider = Provider.oauth2(
                        URI.create(web + "/login/oauth/authorize"), URI.create(web + "/login/oauth/access_token"), api)
                .withFailures(GitHubFailures::read);
        var applications = api.resolve("applications/");
        return switch (settings.get("app").filter(app -> !app.isBlank()).orElse(GITHUB_APP)) {
            // what the token may do is the app's permissions: no scope is asked, and "scope" in the answer is empty
            case GITHUB_APP ->
                provider.withRefresh(Provider.Refresh.SINGLE_USE)
                        .withRevocation(
                                new Revocation.OfGrant(applications, URI.create(web + "/settings/apps/authorizations")))
                        .withScope("github:read")
                        .withScope("github:write");
            // GitHub has no scope that reads private repositories and does not write
            case OAUTH_APP ->
                provider.withRefresh(Provider.Refresh.STABLE)
                        .withRevocation(
                                new Revocation.OfGrant(applications, URI.create(web + "/settings/applications")))
                        .withIdentityScopes("user:email")
                        .withScope("github:read", "repo")
                        .withScope("github:write", "repo");
            default -> throw new IllegalArgumentException("setting 'app' must be " + GITHUB_APP + " or " + OAUTH_APP);
        };
    }

    private static String origin(String setting) {
        var url = setting.endsWith("/") ? setting.substring(0, setting.length() - 1) : setting;
        if (url.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
            return url;
        }
        throw new IllegalArgumentException(
                "setting 'url' must be an origin like https://github.example.com, not '" + setting + "'");
    }

    @Override
    public Setup setup(URI redirect) {
        return GitHubSetup.steps(redirect);
    }

    @Override
    public Identity identity(Upstream upstream) {
        var github = new GitHub(upstream);
        var me = github.me();
        var address = primary(github)
                .or(me::email)
                // the address that GitHub gives to those who keep theirs private
                .orElse(me.id() + "+" + me.login() + "@users.noreply.github.com");
        return new Identity(
                Long.toString(me.id()),
                address,
                me.name().filter(name -> !name.isBlank()).orElse(me.login()));
    }

    /** Absent without the permission to see addresses. */
    private static Optional<String> primary(GitHub github) {
        try {
            return Json.list(github.get("user/emails").bytes(), GitHubJson.Email.class).stream()
                    .filter(email -> email.primary() && email.verified())
                    .map(GitHubJson.Email::email)
                    .findFirst();
        } catch (UpstreamException e) {
            if (e.kind() == Kind.FORBIDDEN || e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of(SearchService.class, GitHubSearch::new);
    }

    @Override
    public List<Tool<?, ?>> tools() {
        return TOOLS;
    }
}
