package dev.countersign.connector.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** GitHub's REST API as far as it is used here. */
final class GitHubJson {
    private GitHubJson() {}

    /** @param login absent where the account was deleted is the whole user, which GitHub shows as {@code ghost} */
    record User(String login) {}

    record Me(long id, String login, Optional<String> name, Optional<String> email) {}

    record Email(String email, boolean primary, boolean verified) {}

    record Repository(
            long id,
            String fullName,
            @JsonProperty("private") boolean closed,
            Optional<String> visibility,
            Optional<String> description,
            String htmlUrl,
            String defaultBranch,
            Optional<String> language,
            boolean fork,
            boolean archived,
            int stargazersCount,
            int openIssuesCount,
            List<String> topics,
            Optional<License> license,
            Optional<Permissions> permissions,
            boolean hasIssues,
            Optional<Instant> pushedAt) {}

    record License(String name) {}

    record Permissions(boolean admin, boolean push, boolean pull) {}

    record RepositoryRef(String fullName) {}

    record Label(String name) {}

    /** @param pullRequest present when it is one: GitHub counts them among the issues */
    record Issue(
            int number,
            String title,
            Optional<String> body,
            String state,
            Optional<String> stateReason,
            Optional<User> user,
            List<Label> labels,
            List<User> assignees,
            int comments,
            boolean locked,
            Instant createdAt,
            Instant updatedAt,
            String htmlUrl,
            Optional<String> repositoryUrl,
            Optional<PullRequestRef> pullRequest,
            List<TextMatch> textMatches) {}

    record PullRequestRef(Optional<String> htmlUrl) {}

    record Comment(long id, Optional<User> user, Optional<String> body, Instant createdAt, String htmlUrl) {}

    /** @param mergeable absent while GitHub works it out, and in lists */
    record PullRequest(
            int number,
            String title,
            Optional<String> body,
            String state,
            boolean draft,
            boolean merged,
            Optional<Instant> mergedAt,
            Optional<Boolean> mergeable,
            Optional<String> mergeableState,
            Optional<User> user,
            Optional<User> mergedBy,
            Optional<String> mergeCommitSha,
            Branch head,
            Branch base,
            List<Label> labels,
            List<User> requestedReviewers,
            int comments,
            int commits,
            int additions,
            int deletions,
            int changedFiles,
            Instant createdAt,
            Instant updatedAt,
            String htmlUrl) {}

    /** @param label owner and branch, e.g. {@code octocat:fix} */
    record Branch(String ref, String sha, String label) {}

    record ChangedFile(
            String filename,
            String status,
            int additions,
            int deletions,
            Optional<String> patch,
            Optional<String> previousFilename) {}

    record Review(
            long id,
            Optional<User> user,
            Optional<String> body,
            String state,
            Optional<Instant> submittedAt,
            Optional<String> commitId,
            String htmlUrl) {}

    record Merged(Optional<String> sha, boolean merged) {}

    record TextMatch(Optional<String> fragment) {}

    record Code(String path, String htmlUrl, RepositoryRef repository, List<TextMatch> textMatches) {}

    record RepositoriesFound(int totalCount, boolean incompleteResults, List<Repository> items) {}

    record IssuesFound(int totalCount, boolean incompleteResults, List<Issue> items) {}

    record CodeFound(int totalCount, boolean incompleteResults, List<Code> items) {}

    /** A file, or a folder with its {@code entries}; {@code encoding} is {@code none} from 1 MB on. */
    record Content(
            String type,
            String name,
            String path,
            String sha,
            Optional<Long> size,
            Optional<String> encoding,
            Optional<String> content,
            Optional<String> target,
            Optional<String> htmlUrl,
            List<Entry> entries) {}

    record Entry(String type, String name, String path, Optional<Long> size) {}
}
