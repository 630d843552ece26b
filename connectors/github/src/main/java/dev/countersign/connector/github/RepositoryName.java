package dev.countersign.connector.github;

import dev.countersign.connector.ToolException;
import java.util.regex.Pattern;

/** A repository as people write it: owner and name. */
record RepositoryName(String owner, String name) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,100})/([A-Za-z0-9._-]{1,100})");

    static RepositoryName of(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new ToolException("'repository' must be owner/name, e.g. octocat/hello-world."
                    + " Call github_search_repositories to find it.");
        }
        return new RepositoryName(parts.group(1), parts.group(2));
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
