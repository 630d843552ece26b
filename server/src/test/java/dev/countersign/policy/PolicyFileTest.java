package dev.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approvals.Tier;
import dev.countersign.config.ConfigException;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    @TempDir
    Path folder;

    public record Nothing() {}

    @Test
    void noFile_givesTheDefaults() {
        var rules = PolicyFile.read(folder.resolve("policy.yaml"));

        assertThat(rules.tier(tool("mail_move"), Effect.WRITE, "app")).isEqualTo(Tier.T1);
        assertThat(rules.tier(tool("mail_send"), Effect.SEND, "app")).isEqualTo(Tier.T2);
        assertThat(rules.limits().answerWithin()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void firstRuleThatFits_decides() throws IOException {
        var rules = read("""
            rules:
              - tool: mail_trash
                deny: Nothing is thrown away here.
              - tool: calendar_*
                client: trusted*
                tier: T0
              - effect: write
                tier: T1
            """);

        assertThat(rules.refusal(tool("mail_trash"), "app")).contains("Nothing is thrown away here.");
        assertThat(rules.tier(tool("calendar_respond"), Effect.WRITE, "trusted-app"))
                .isEqualTo(Tier.T0);
        assertThat(rules.tier(tool("calendar_respond"), Effect.WRITE, "app")).isEqualTo(Tier.T1);
    }

    @Test
    void ruleByEffect_alsoFitsWhatReachesOthers() throws IOException {
        var rules = read("""
            rules:
              - effect: send
                deny: Nothing leaves.
              - effect: write
                tier: T1
            """);

        assertThat(rules.refusal(tool("calendar_create_event"), "app")).isEmpty();
        assertThat(rules.refusal(tool("calendar_create_event"), Effect.SEND, "app"))
                .contains("Nothing leaves.");
    }

    @Test
    void whatNoRuleFits_isAskedOnOurPage() throws IOException {
        assertThat(read("rules: []").tier(tool("mail_move"), Effect.WRITE, "app"))
                .isEqualTo(Tier.T2);
    }

    @Test
    void patterns_takeEveryOtherCharacterAsItself() throws IOException {
        var rules = read("""
            rules:
              - tool: mail.move
                tier: T0
            """);

        assertThat(rules.tier(tool("mail_move"), Effect.WRITE, "app")).isEqualTo(Tier.T2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [{effect: send, tier: T1}]|rules[0].tier is T1 for send; allowed is T2",
                "rules: [{effect: delete, tier: T0}]|rules[0].tier is T0 for delete; allowed is T2",
                "rules: [{effect: read, tier: T2}]|rules[0].tier is T2 for read; allowed is T0",
                "rules: [{effect: reed, tier: T0}]|rules[0].effect is 'reed'; allowed are read, write, send, delete",
                "rules: [{tier: T9}]|rules[0].tier is 'T9'; allowed are T0, T1, T2",
                "rules: [{tier: T2, deny: no}]|gives both or none of tier and deny",
                "rules: [{tool: x}]|gives both or none of tier and deny",
                "rules: [{tols: x, tier: T2}]|rules[0].tols is unknown; allowed are client, deny, effect, tier, tool",
                "rule: []|rule is unknown; allowed are limits, rules",
                "limits: {waiting: 0}|limits.waiting is '0'; allowed are whole numbers from 1 to 1000",
                "limits: {waiting: many}|limits.waiting is 'many'",
                "rules: [|is no valid YAML: line",
                "rules: []\\nrules: []|is no valid YAML",
            })
    void brokenFile_stopsWithPlaceAndWhatIsAllowed(String yaml, String told) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(told)
                .hasMessageContaining("policy.yaml");
    }

    private PolicyRules read(String yaml) throws IOException {
        var file = folder.resolve("policy.yaml");
        Files.writeString(file, yaml);
        return PolicyFile.read(file);
    }

    private static Tool<?, ?> tool(String name) {
        return Tool.act(Effect.WRITE, name, name, Nothing.class, Nothing.class)
                .ask((in, call) -> Question.of("Do it"))
                .run((in, call) -> new Nothing());
    }
}
