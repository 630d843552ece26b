package dev.countersign.connector.github;

/** Field docs that many tools share. */
final class Docs {
    static final String ACCOUNT = "id or label from accounts_list; needed when several accounts could be meant";
    static final String REPOSITORY = "owner/name, e.g. octocat/hello-world";
    static final String ISSUE = "number of the issue or pull request";
    static final String PULL_REQUEST = "number of the pull request";
    static final String LIMIT = "how many at most";
    static final String CURSOR = "nextCursor of the page before, with all other arguments unchanged";
    static final String NEXT = "'cursor' for the next page; absent at the end";
    static final String OFFSET = "nextOffset of the part before; absent for the start";
    static final String MARKDOWN = "text in Markdown";
    static final String LABELS = "names of labels that the repository has";
    static final String LOGINS = "GitHub logins, without @";

    private Docs() {}
}
