package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Edits;
import dev.countersign.ScratchFolder;
import dev.countersign.mcp.RequestState.State;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.StateSealer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client carries: sealed state and cursors. The first byte says what the others are: a text of the client's own, edits
 * of a genuine state, or words to seal. What was changed opens never, and what is sealed opens as it was, for its request
 * alone. MCP 2026-07-28, multi round-trip requests and pagination.
 */
public final class StateFuzz {
    private static final RequestState STATES =
            new RequestState(new StateSealer(KeyRing.open(ScratchFolder.make().resolve("keys"))));
    private static final Principal ALICE = principal("alice");
    private static final Principal BOB = principal("bob");
    private static final Target ASKED = target("{\"to\":\"a@example.com\"}");
    private static final Target OTHER = target("{\"to\":\"b@example.com\"}");
    private static final String GENUINE =
            STATES.seal(ALICE, ASKED, new State.Asked(Optional.of("approval"), "digest", true));
    private static final Pages PAGES = pages();

    private StateFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var rest = Arrays.copyOfRange(input, 1, input.length);
        var text = new String(rest, StandardCharsets.UTF_8);
        switch (input[0]) {
            case 'e' -> opensOnlyUnchanged(Edits.of(GENUINE, rest));
            case 's' -> opensAsSealed(text);
            case 'c' -> isACursorOfOurs(text);
            default -> opensOnlyUnchanged(text);
        }
    }

    private static void opensOnlyUnchanged(String sealed) {
        assertThat(STATES.open(ALICE, ASKED, sealed).isPresent()).isEqualTo(sealed.equals(GENUINE));
        assertThat(STATES.open(BOB, ASKED, sealed)).isEmpty();
        assertThat(STATES.open(ALICE, OTHER, sealed)).isEmpty();
    }

    private static void opensAsSealed(String words) {
        var state = new State.Kept(words);
        var sealed = STATES.seal(ALICE, OTHER, state);
        assertThat(sealed).matches("[A-Za-z0-9._-]+");
        if (sealed.length() <= 64 * 1024) {
            assertThat(STATES.open(ALICE, OTHER, sealed)).hasValue(state);
        }
        assertThat(STATES.open(ALICE, ASKED, sealed)).isEmpty();
        assertThat(STATES.open(BOB, OTHER, sealed)).isEmpty();
    }

    private static void isACursorOfOurs(String cursor) {
        PAGES.page(Optional.of(cursor)).ifPresent(page -> {
            var members = JsonMapper.shared().readTree("{" + page + "}");
            assertThat(members.path("tools").isEmpty()).isFalse();
            assertThat(cursor).matches("[A-Za-z0-9_-]+");
        });
    }

    private static Principal principal(String userId) {
        return new Principal(userId, "app", "App", "grant", Set.of(), Instant.EPOCH);
    }

    private static Target target(String arguments) {
        return new Target(
                "tools/call",
                "mail_send",
                Set.of(),
                (ObjectNode) JsonMapper.shared().readTree(arguments),
                request -> FixtureTool.text(""));
    }

    private static Pages pages() {
        var definitions = new LinkedHashMap<String, ObjectNode>();
        for (int i = 0; i < 5; i++) {
            definitions.put("tool_" + i, JsonMapper.shared().createObjectNode().put("name", "tool_" + i));
        }
        return new Pages("tools", definitions, 2);
    }
}
