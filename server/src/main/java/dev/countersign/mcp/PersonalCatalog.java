package dev.countersign.mcp;

import dev.countersign.approvals.Approvals;
import dev.countersign.oauth.Principal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Everything that a person's clients are served: tools, and the resources, prompts and tasks made of them. */
public final class PersonalCatalog {
    private PersonalCatalog() {}

    /**
     * @param today the date where the person is
     * @param publicUrl without a path, for the addresses of pages
     */
    public static Catalog of(
            List<? extends ServedTool> served,
            Approvals approvals,
            Function<Principal, LocalDate> today,
            URI publicUrl) {
        var tools = new ToolRegistry(served);
        var resources = new ArrayList<>(new PersonalResources(tools, today).all());
        resources.add(PersonalResources.approval(approvals, publicUrl));
        var changes = new ResourceChanges();
        PersonalResources.tell(approvals, changes);
        return new Catalog(
                tools,
                new ResourceRegistry(resources),
                new PromptRegistry(new PersonalPrompts(tools, today).all()),
                changes,
                new ApprovalTasks(approvals, name -> scopes(tools, name), publicUrl));
    }

    private static Set<String> scopes(ToolRegistry tools, String name) {
        return tools.find(name).map(ServedTool::scopes).orElse(Set.of());
    }
}
