package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import java.util.List;
import java.util.Optional;

/** {@code github_get_repository}: what a repository is, by its name, or by the number that stays when it is renamed. */
final class GetRepository {
    public record Input(
            @Doc("owner/name, e.g. octocat/hello-world, or the number that an answer about a renamed one gave")
            String repository,

            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private GetRepository() {}

    static Tool<Input, RepositoryView> tool() {
        return Tool.read("github_get_repository", "Read repository", Input.class, RepositoryView.class)
                .description("Gives a GitHub repository's description, visibility, default branch and what one may do.")
                .scopes("github:read")
                .text(RepositoryView::text)
                .foreign(view -> List.of(view.foreign()))
                .run(GetRepository::run);
    }

    private static RepositoryView run(Input in, Call call) {
        var github = GitHub.of(call);
        return RepositoryView.of(
                in.repository().matches("[0-9]{1,15}")
                        ? Json.read(
                                github.get("repositories/{id}", in.repository()).bytes(), GitHubJson.Repository.class)
                        : github.repository(RepositoryName.of(in.repository())));
    }
}
