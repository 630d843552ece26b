package dev.countersign.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.front.CountersignServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accounts, contacts and files, and what all tools do when a provider fails. */
interface AccountTools extends Workspace {
    /** So often is a request repeated at most when a provider says that there are too many. */
    int TOO_MANY = 5;

    private static String name(JsonNode item) {
        return item.path("name").asString();
    }

    @Test
    default void tools_areTheOnesThatThisSuiteCalls() {
        assertThat(alice().tools().stream().filter(tool -> tool.matches("(accounts|calendar|contacts|files|mail)_.*")))
                .containsExactlyInAnyOrder(
                        "accounts_list",
                        "calendar_create_event",
                        "calendar_delete_event",
                        "calendar_find_free_time",
                        "calendar_get_event",
                        "calendar_list_calendars",
                        "calendar_list_events",
                        "calendar_respond",
                        "calendar_search_events",
                        "calendar_update_event",
                        "contacts_search",
                        "files_get",
                        "files_search",
                        "mail_create_draft",
                        "mail_forward",
                        "mail_get_attachment",
                        "mail_get_message",
                        "mail_get_thread",
                        "mail_list_folders",
                        "mail_move",
                        "mail_reply",
                        "mail_search",
                        "mail_send",
                        "mail_send_draft",
                        "mail_trash",
                        "mail_update_draft");
    }

    @Test
    default void accounts_areTheLinkedOne() {
        var accounts = alice().list("accounts_list", "accounts", Map.of());

        assertThat(accounts).hasSize(1);
        assertThat(accounts.getFirst().path("address").asString()).isEqualTo(alicesAddress());
    }

    @Test
    default void unknownAccount_isToldWhichThereAre() {
        assertThat(alice().failure("mail_search", Map.of("accounts", List.of("the other one"))))
                .contains("the other one")
                .contains(alicesAddress());
    }

    @Test
    default void contact_isFoundByName() {
        var found = alice().list("contacts_search", "contacts", Map.of("text", "bob baker"));

        assertThat(found).extracting(AccountTools::name).contains("Bob Baker");
        assertThat(found.toString()).contains(bobsAddress());
    }

    @Test
    default void file_isFoundByItsWordsAndRead() {
        var file = provider().file();
        assumeTrue(file.isPresent(), "this provider has no files");

        var found = alice()
                .list("files_search", "files", Map.of("text", file.get().words()))
                .stream()
                .filter(one -> name(one).equals(file.get().name()))
                .findFirst()
                .orElseThrow();
        var read = alice().get("files_get", Map.of("id", found.path("id").asString()));

        assertThat(name(read.path("file"))).isEqualTo(file.get().name());
        assertThat(read.path("text").asString()).containsIgnoringCase(file.get().words());
    }

    @Test
    default void providerThatIsAskedTooOften_isToldWithWhatToDoNext() {
        assumeTrue(provider().limitCalendars(server(), TOO_MANY), "this provider refuses nobody");
        try {
            assertThat(alice().failure("calendar_list_calendars", Map.of()))
                    .containsPattern("[Ww]ait|[Tt]ry again|later")
                    .doesNotContain("rateLimitExceeded", "ApplicationThrottled");
        } finally {
            provider().recover(server());
        }

        assertThat(alice().list("calendar_list_calendars", "calendars", Map.of()))
                .isNotEmpty();
    }

    @Test
    default void accessTokenThatEnded_isRefreshedWithinTheCall() {
        assumeTrue(provider().expire(server(), CountersignServer.ALICE), "this provider has no tokens");

        assertThat(alice().list("mail_list_folders", "folders", Map.of())).isNotEmpty();
        assertThat(alice().list("calendar_list_calendars", "calendars", Map.of()))
                .isNotEmpty();
    }
}
