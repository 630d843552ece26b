package dev.countersign.mcp;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Approvals;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a question to the person stands, for the client that caused it. Its content stays on our page. */
final class ApprovalResource implements ServedResource {
    private static final String PREFIX = "countersign://approvals/";

    private final Approvals approvals;
    private final Asking asking;

    ApprovalResource(Approvals approvals, URI publicUrl) {
        this.approvals = approvals;
        this.asking = new Asking(publicUrl);
    }

    static String uri(String approvalId) {
        return PREFIX + approvalId;
    }

    @Override
    public String uri() {
        return PREFIX + "{id}";
    }

    @Override
    public ObjectNode definition() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("uriTemplate", uri())
                .put("name", "approval")
                .put("title", "State of a question")
                .put(
                        "description",
                        "Whether the person has decided a question that a call caused; the id comes with the call's"
                                + " result.")
                .put("mimeType", ToolResource.JSON_TYPE);
    }

    /** Whoever may call may see what became of it. */
    @Override
    public Set<String> scopes() {
        return Set.of();
    }

    @Override
    public boolean subscribable() {
        return true;
    }

    @Override
    public Answer read(ToolRequest request) {
        var uri = JsonRpc.text(request.arguments(), "uri");
        var principal = request.principal();
        var approval = approvals
                .find(principal.userId(), JsonRpc.text(request.arguments(), "id"))
                .filter(found -> found.clientId().equals(principal.clientId()))
                .orElseThrow(() -> Target.InvalidParamsException.noResource(uri));
        return ToolResource.contents(uri, state(approval).toString());
    }

    private ObjectNode state(Approval approval) {
        var state = JsonNodeFactory.instance.objectNode().put("id", approval.id());
        state.put("tool", approval.tool());
        state.put("state", approval.state().name().toLowerCase(Locale.ROOT));
        state.put("askedAt", approval.askedAt().toString());
        state.put("expiresAt", approval.expiresAt().toString());
        approval.decidedAt().ifPresent(at -> state.put("decidedAt", at.toString()));
        return state.put("page", asking.page(approval.id()).toString());
    }
}
