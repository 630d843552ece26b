package dev.countersign.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PullRequestToolsTest {
    private final FakeGitHub github = new FakeGitHub();
    private final Calls alice = Calls.on(github.link(FakeGitHub.ALICE));

    @AfterEach
    void stop() {
        github.close();
    }

    private static GetPullRequest.Input get(Optional<String> file, Optional<Integer> limit, Optional<String> cursor) {
        return new GetPullRequest.Input("octo/hello", 2, file, Optional.empty(), limit, cursor, Optional.empty());
    }

    private static CreateReview.Input review(CreateReview.Event event, String body) {
        return new CreateReview.Input("octo/hello", 2, event, Optional.of(body), Optional.empty());
    }

    private static MergePullRequest.Input merge(MergePullRequest.Method method) {
        return new MergePullRequest.Input("octo/hello", 2, Optional.of(method), Optional.empty());
    }

    private void pushed() {
        var head = (ObjectNode) github.hello().pulls.get(2).path("head");
        head.put("sha", "e".repeat(40));
    }

    private static void failsWith(Kind kind, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void pullRequest_comesWithReviewsAndPatches() {
        alice.run(CreateReview.tool(), review(CreateReview.Event.REQUEST_CHANGES, "Add tests"));
        var pull = alice.run(GetPullRequest.tool(), get(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(pull.mergeState()).isEqualTo("clean");
        assertThat(pull.headCommit()).isEqualTo("a".repeat(40));
        assertThat(pull.reviews()).extracting(ReviewView::state).containsExactly("changes_requested");
        assertThat(pull.files()).extracting(ChangedFileView::patch).allMatch(patch -> patch.contains("+new"));
    }

    @Test
    void longPatch_isCutAndReadAlone() {
        github.hello().changes(2, "big.txt", "+line\n".repeat(1_000));
        var pull = alice.run(GetPullRequest.tool(), get(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(pull.files()).extracting(ChangedFileView::cut).containsExactly(false, true);
        var whole = alice.run(GetPullRequest.tool(), get(Optional.of("big.txt"), Optional.empty(), Optional.empty()));
        assertThat(whole.files().getFirst().patch()).hasSize(6_000);
        assertThatThrownBy(() ->
                        alice.run(GetPullRequest.tool(), get(Optional.of("no"), Optional.empty(), Optional.empty())))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void filesBehindTheFirstPage_areReached() {
        IntStream.range(0, 120).forEach(i -> github.hello().changes(2, "file" + i, "+x"));
        var first = alice.run(GetPullRequest.tool(), get(Optional.empty(), Optional.of(100), Optional.empty()));
        var rest = alice.run(GetPullRequest.tool(), get(Optional.empty(), Optional.of(100), first.nextCursor()));
        assertThat(rest.files()).hasSize(21);
        assertThat(rest.nextCursor()).isEmpty();
        assertThat(alice.run(GetPullRequest.tool(), get(Optional.of("file119"), Optional.empty(), Optional.empty()))
                        .files())
                .hasSize(1);
    }

    @Test
    void list_goesByBranch() {
        github.hello().pull(3, "Other", FakeGitHub.ALICE, github.now());
        var in = new ListPullRequests.Input(
                "octo/hello",
                Optional.empty(),
                Optional.of("main"),
                Optional.of("alice:fix"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(alice.run(ListPullRequests.tool(), in).pullRequests())
                .extracting(PullRequestBrief::number)
                .containsExactly(3);
    }

    @Test
    void review_isOfTheCommitThatWasShown() {
        var in = review(CreateReview.Event.APPROVE, "");
        var call = alice.answered(CreateReview.tool(), in);
        pushed();
        assertThat(call.run(CreateReview.tool(), in).commit()).contains("a".repeat(40));
        assertThat(alice.asked(CreateReview.tool(), in).version()).contains("e".repeat(40));
    }

    @Test
    void lostAnswerOfAReview_isFoundAgain() {
        var in = review(CreateReview.Event.COMMENT, "Nice");
        var call = alice.answered(CreateReview.tool(), in);
        github.loseAnswer("POST", "/reviews");
        assertThatThrownBy(() -> call.run(CreateReview.tool(), in)).isInstanceOf(UpstreamException.class);
        assertThat(call.recovered(CreateReview.tool(), in)).isPresent();
        call.run(CreateReview.tool(), in);
        assertThat(github.hello().reviews.get(2)).hasSize(1);
    }

    @Test
    void ownPullRequest_cannotBeApproved() {
        var bob = Calls.on(github.link(FakeGitHub.BOB));
        failsWith(Kind.INVALID, () -> bob.run(CreateReview.tool(), review(CreateReview.Event.APPROVE, "")));
    }

    @Test
    void refusalWithoutWords_isRefused() {
        assertThatThrownBy(() -> alice.asked(CreateReview.tool(), review(CreateReview.Event.REQUEST_CHANGES, "")))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void commitPushedAfterTheQuestion_isNotMerged() {
        var in = merge(MergePullRequest.Method.MERGE);
        var call = alice.answered(MergePullRequest.tool(), in);
        pushed();
        failsWith(Kind.CONFLICT, () -> call.run(MergePullRequest.tool(), in));
        assertThat(github.hello().pulls.get(2).path("merged").asBoolean()).isFalse();
    }

    @Test
    void lostAnswerOfAMerge_isFoundAgain() {
        var in = merge(MergePullRequest.Method.SQUASH);
        var call = alice.answered(MergePullRequest.tool(), in);
        assertThat(call.recovered(MergePullRequest.tool(), in)).isEmpty();
        github.loseAnswer("PUT", "/merge");
        assertThatThrownBy(() -> call.run(MergePullRequest.tool(), in)).isInstanceOf(UpstreamException.class);
        var found = call.recovered(MergePullRequest.tool(), in).orElseThrow();
        assertThat(found.commit()).contains("c".repeat(40));
        assertThat(call.run(MergePullRequest.tool(), in)).isEqualTo(found);
    }

    @Test
    void wayThatTheRepositoryForbids_isNamed() {
        var in = merge(MergePullRequest.Method.REBASE);
        assertThatThrownBy(() -> alice.run(MergePullRequest.tool(), in)).hasMessageContaining("another 'method'");
    }

    @Test
    void conflicts_areTold() {
        github.hello().pulls.get(2).put("mergeable", false);
        failsWith(Kind.CONFLICT, () -> alice.run(MergePullRequest.tool(), merge(MergePullRequest.Method.MERGE)));
    }

    @Test
    void appThatMayNotWrite_isTold() {
        var bob = Calls.on(github.link(FakeGitHub.BOB));
        assertThatThrownBy(() -> bob.run(MergePullRequest.tool(), merge(MergePullRequest.Method.MERGE)))
                .hasMessageContaining("app's installation");
    }

    @Test
    void draftOrMerged_isNotAskedAbout() {
        github.hello().pulls.get(2).put("draft", true);
        assertThatThrownBy(() -> alice.asked(MergePullRequest.tool(), merge(MergePullRequest.Method.MERGE)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("draft");
        github.hello().pulls.get(2).put("merged", true).put("draft", false);
        assertThatThrownBy(() -> alice.asked(MergePullRequest.tool(), merge(MergePullRequest.Method.MERGE)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("merged");
    }
}
