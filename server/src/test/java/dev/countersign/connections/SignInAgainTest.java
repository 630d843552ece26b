package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh sign-in on request, RFC 9470 section 5: asked for although somebody is signed in, and back to where it was needed. */
class SignInAgainTest {
    @TempDir
    Path folder;

    @Test
    void signInOnceMore_asksThoughSignedInAndLeadsBack() throws IOException {
        try (var front = new LinkFront(folder);
                var browser = front.browser()) {
            front.open(browser, LinkFront.ALICE, "/connections");

            var asked = browser.open(front.at("/sign-in?again=true&next=%2Fconnections%3Frenamed"));
            assertThat(asked.text()).contains("Sign in once more");

            var refused = browser.press(asked, "Sign in", Map.of("Password", "not the password"));
            assertThat(refused.status()).isEqualTo(401);
            var back = browser.press(refused, "Sign in", Map.of("Password", "a password for tests"));
            assertThat(back.url()).hasPath("/connections").hasQuery("renamed");
        }
    }

    @Test
    void signInPageWithoutThatWish_leadsOnAsBefore() throws IOException {
        try (var front = new LinkFront(folder);
                var browser = front.browser()) {
            front.open(browser, LinkFront.ALICE, "/connections");

            assertThat(browser.open(front.at("/sign-in?next=%2Fconnections")).url())
                    .hasPath("/connections");
        }
    }
}
