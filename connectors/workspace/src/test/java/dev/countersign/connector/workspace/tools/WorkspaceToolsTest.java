package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class WorkspaceToolsTest {
    @Test
    void tools_areFoundInTheirOrder() {
        var found = ServiceLoader.load(Toolset.class).stream()
                .flatMap(toolset -> toolset.get().tools().stream())
                .toList();
        assertThat(found)
                .hasSize(25)
                .extracting(Tool::name)
                .startsWith("calendar_list_calendars")
                .endsWith("files_get");
        assertThat(found).extracting(Tool::name).doesNotHaveDuplicates();
    }

    @Test
    void everyArgument_isExplained() {
        for (var tool : new WorkspaceTools().tools()) {
            assertThat(tool.input().getRecordComponents())
                    .as(tool.name())
                    .allMatch(component -> component.isAnnotationPresent(Doc.class));
        }
    }

    @Test
    void accountArgument_followsFromTheNumberOfAccounts() {
        for (var tool : new WorkspaceTools().tools()) {
            var names = Arrays.stream(tool.input().getRecordComponents())
                    .map(component -> component.getName())
                    .toList();
            assertThat(names).contains(tool.accounts() == Tool.Accounts.ONE ? "account" : "accounts");
        }
    }

    @Test
    void toolsThatReachOthers_canBeRecovered() {
        assertThat(new WorkspaceTools().tools())
                .filteredOn(tool -> tool.effect() == Effect.SEND || tool.effect() == Effect.DELETE)
                .hasSize(6)
                .allMatch(tool -> tool.recover().isPresent());
    }
}
