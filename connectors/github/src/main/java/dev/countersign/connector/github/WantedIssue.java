package dev.countersign.connector.github;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of an issue shall be how; the rest stays. Names of labels and logins are the same in any case. */
record WantedIssue(
        Optional<String> title,
        Optional<String> state,
        Optional<String> reason,
        List<String> addLabels,
        List<String> removeLabels,
        List<String> addAssignees,
        List<String> removeAssignees) {

    /** The fields that change; a list is the whole of it. */
    record Change(
            Optional<String> title,
            Optional<String> state,
            Optional<String> stateReason,
            Optional<List<String>> labels,
            Optional<List<String>> assignees) {}

    boolean isNothing() {
        return title.isEmpty()
                && state.isEmpty()
                && reason.isEmpty()
                && Stream.of(addLabels, removeLabels, addAssignees, removeAssignees)
                        .allMatch(List::isEmpty);
    }

    boolean isIn(GitHubJson.Issue issue) {
        var labels = Shown.labels(issue.labels());
        var assignees = Shown.logins(issue.assignees());
        return title.filter(wanted -> !wanted.equals(issue.title())).isEmpty()
                && state.filter(wanted -> !wanted.equals(issue.state())).isEmpty()
                && reason.filter(wanted -> !issue.stateReason().equals(Optional.of(wanted)))
                        .isEmpty()
                && addLabels.stream().allMatch(name -> has(labels, name))
                && removeLabels.stream().noneMatch(name -> has(labels, name))
                && addAssignees.stream().allMatch(name -> has(assignees, name))
                && removeAssignees.stream().noneMatch(name -> has(assignees, name));
    }

    Change change(GitHubJson.Issue issue) {
        return new Change(
                title,
                state,
                reason,
                merged(Shown.labels(issue.labels()), addLabels, removeLabels),
                merged(Shown.logins(issue.assignees()), addAssignees, removeAssignees));
    }

    private static Optional<List<String>> merged(List<String> there, List<String> add, List<String> remove) {
        if (add.isEmpty() && remove.isEmpty()) {
            return Optional.empty();
        }
        var kept = there.stream().filter(name -> !has(remove, name)).toList();
        return Optional.of(Stream.concat(kept.stream(), add.stream().filter(name -> !has(kept, name)))
                .toList());
    }

    private static boolean has(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
