package dev.countersign;

import dev.countersign.audit.AuditLog;
import dev.countersign.audit.Verification;
import dev.countersign.cli.Starter;
import dev.countersign.permissions.Permissions;
import dev.countersign.permissions.Relationship;

/** What an administrator does in the demo's tour. */
record DemoStage(Permissions permissions, AuditLog audit) implements Starter.Stage {
    private static final String DOCUMENT = "doc:";

    /** A document is visible through its folder as well as by itself: both ways end. */
    @Override
    public void unshare(String group, String document) {
        var object = "document:" + document.substring(document.startsWith(DOCUMENT) ? DOCUMENT.length() : 0);
        permissions.all().stream()
                .filter(each -> each.object().equals(object) && each.subject().equals("group:" + group + "#member"))
                .forEach(permissions::delete);
        var folder = object.substring("document:".length()).split("/", 2)[0];
        permissions.delete(Relationship.inFolder(object, folder));
    }

    @Override
    public String verifyAudit() {
        return switch (audit.verify()) {
            case Verification.Intact(var count, var head) -> count + " events, each linked to the one before";
            case Verification.Broken(var sequence, var reason) -> "event " + sequence + " does not hold: " + reason;
        };
    }
}
