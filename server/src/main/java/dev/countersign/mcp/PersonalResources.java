package dev.countersign.mcp;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Approvals;
import dev.countersign.oauth.Principal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The resources of a person: today's agenda, a mail thread, a question that waits. */
public final class PersonalResources {
    static final String TODAY = "countersign://agenda/today";

    private final ToolRegistry tools;
    private final Function<Principal, LocalDate> today;

    /**
     * @param tools which a read goes through
     * @param today the date where the person is
     */
    public PersonalResources(ToolRegistry tools, Function<Principal, LocalDate> today) {
        this.tools = tools;
        this.today = today;
    }

    /**
     * How a question stands.
     *
     * @param publicUrl without a path, for the addresses of pages
     */
    public static ServedResource approval(Approvals approvals, URI publicUrl) {
        return new ApprovalResource(approvals, publicUrl);
    }

    /** What tools give; a resource whose tool is not served is left out. */
    public List<ServedResource> all() {
        var all = new ArrayList<ServedResource>();
        tools.find("calendar_list_events").map(this::agenda).ifPresent(all::add);
        tools.find("mail_get_thread").map(PersonalResources::thread).ifPresent(all::add);
        return all;
    }

    private ServedResource agenda(ServedTool tool) {
        var definition = definition("agenda-today", "Today", "The events of today in all linked calendars.")
                .put("uri", TODAY);
        return new ToolResource(TODAY, definition, true, tool, request -> day(today.apply(request.principal())));
    }

    private static ObjectNode day(LocalDate day) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", day.toString())
                .put("until", day.toString())
                .put("limit", 100);
    }

    private static ServedResource thread(ServedTool tool) {
        var uri = "countersign://mail/{account}/{thread}";
        var definition = definition(
                        "mail-thread",
                        "Mail thread",
                        "The messages of one conversation: account from accounts_list, thread from mail_search.")
                .put("uriTemplate", uri);
        return new ToolResource(
                uri,
                definition,
                false,
                tool,
                request -> JsonNodeFactory.instance
                        .objectNode()
                        .put("threadId", JsonRpc.text(request.arguments(), "thread"))
                        .put("account", JsonRpc.text(request.arguments(), "account")));
    }

    private static ObjectNode definition(String name, String title, String description) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("title", title)
                .put("description", description)
                .put("mimeType", ToolResource.JSON_TYPE);
    }

    /** Tells of questions that were decided, and of the agenda when a call has changed a calendar. */
    public static void tell(Approvals approvals, ResourceChanges changes) {
        approvals.listen(change -> {
            changes.changed(change.userId(), ApprovalResource.uri(change.approvalId()));
            if (change.state() == Approval.State.EXECUTED && change.tool().startsWith("calendar_")) {
                changes.changed(change.userId(), TODAY);
            }
        });
    }
}
