package dev.countersign.connector.github;

import dev.countersign.connector.Doc;
import java.util.Optional;

/** A file that a pull request changes. */
public record ChangedFileView(
        String path,
        @Doc("added, modified, removed or renamed") String status,
        @Doc("of a renamed file") Optional<String> previousPath,
        int additions,
        int deletions,

        @Doc("unified diff; empty for a binary or very large file")
        String patch,

        @Doc("whether the patch goes on: read it with 'file'")
        boolean cut) {
    private static final int MAX_PATCH = 1_500;

    static ChangedFileView of(GitHubJson.ChangedFile json) {
        var patch = json.patch().orElse("");
        return view(json, TextPart.cut(patch, MAX_PATCH), patch.length() > MAX_PATCH);
    }

    static ChangedFileView part(GitHubJson.ChangedFile json, TextPart part) {
        return view(json, part.text(), part.nextOffset().isPresent());
    }

    private static ChangedFileView view(GitHubJson.ChangedFile json, String patch, boolean cut) {
        return new ChangedFileView(
                json.filename(),
                json.status(),
                json.previousFilename(),
                json.additions(),
                json.deletions(),
                patch,
                cut);
    }

    String text() {
        return "\n" + path + " (" + status
                + previousPath.map(old -> " from " + old).orElse("") + ", +" + additions + " -" + deletions + ")\n"
                + patch + (cut ? "\n(cut)" : "") + "\n";
    }
}
