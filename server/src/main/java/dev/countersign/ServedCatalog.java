package dev.countersign;

import dev.countersign.approvals.Approvals;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.mcp.ApprovalTasks;
import dev.countersign.mcp.Catalog;
import dev.countersign.mcp.PersonalPrompts;
import dev.countersign.mcp.PersonalResources;
import dev.countersign.mcp.PromptRegistry;
import dev.countersign.mcp.ResourceChanges;
import dev.countersign.mcp.ResourceRegistry;
import dev.countersign.mcp.ToolCalls;
import dev.countersign.mcp.ToolRegistry;
import dev.countersign.oauth.Principal;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;

/** Everything that MCP clients are served: tools, and the resources, prompts and tasks that stand on them. */
final class ServedCatalog {
    private ServedCatalog() {}

    static Catalog of(ToolCalls calls, Approvals approvals, People people, Clock clock, URI publicUrl) {
        var tools = new ToolRegistry(calls.served());
        var resources =
                new ArrayList<>(new PersonalResources(tools, principal -> today(people, principal, clock)).all());
        resources.add(PersonalResources.approval(approvals, publicUrl));
        var prompts = new PersonalPrompts(tools, principal -> today(people, principal, clock)).all();
        var changes = new ResourceChanges();
        PersonalResources.tell(approvals, changes);
        return new Catalog(
                tools,
                new ResourceRegistry(resources),
                new PromptRegistry(prompts),
                changes,
                new ApprovalTasks(approvals, publicUrl));
    }

    /** The date where the person is. */
    private static LocalDate today(People people, Principal principal, Clock clock) {
        ZoneId zone = people.byId(principal.userId()).map(Person::zone).orElse(ZoneOffset.UTC);
        return LocalDate.now(clock.withZone(zone));
    }
}
