package dev.countersign.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Groups of people that folders are shared with. */
@Command(
        name = "group",
        description = "Say who is in a group. A group is there as long as it has a member.",
        mixinStandardHelpOptions = true)
final class AccessGroupCommand extends Group {
    @Command(name = "add", description = "Put somebody into a group.", mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "GROUP", description = "The group's name.") String group,
            @Parameters(paramLabel = "MEMBER", description = "A mail address, or group:NAME for all in another group.")
                    String member) {
        try (var rooms = Rooms.open()) {
            var sharing = new Sharing(rooms);
            sharing.add(Sharing.relationship("group:" + group, "member", sharing.member(member)));
            out().println(member + " is in " + group + ".");
            return 0;
        }
    }

    @Command(name = "remove", description = "Take somebody out of a group.", mixinStandardHelpOptions = true)
    int remove(
            @Parameters(paramLabel = "GROUP", description = "The group's name.") String group,
            @Parameters(paramLabel = "MEMBER", description = "A mail address, or group:NAME.") String member) {
        try (var rooms = Rooms.open()) {
            var sharing = new Sharing(rooms);
            if (!sharing.remove(Sharing.relationship("group:" + group, "member", sharing.member(member)))) {
                throw new CommandException(
                        member + " is not in " + group + ". 'countersign access group list' shows who is.");
            }
            out().println(member + " is no longer in " + group + ".");
            return 0;
        }
    }

    @Command(name = "list", description = "Show who is in which group.", mixinStandardHelpOptions = true)
    int list() {
        try (var rooms = Rooms.open()) {
            var sharing = new Sharing(rooms);
            rooms.permissions().all().stream()
                    .filter(tuple -> tuple.relation().equals("member"))
                    .forEach(tuple -> out().println(tuple.object() + "  " + sharing.shown(tuple.subject())));
            return 0;
        }
    }
}
