package dev.countersign.console;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Approval.State;
import dev.countersign.approvals.ApprovalException;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.Evidence;
import dev.countersign.approvals.Tier;
import dev.countersign.console.ApprovalViews.Inbox;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** What waits for the person, and the one place where it is decided. */
final class ApprovalPages {
    private static final Notice ALREADY =
            Notice.note("This was decided before", "Your answer here changed nothing. The page shows what holds.");

    private final Shell shell;
    private final Guard guard;
    private final Approvals approvals;
    private final Predicate<String> attached;
    private final Clock clock;

    /** @param attached whether any client may act for the person of this id */
    ApprovalPages(Shell shell, Guard guard, Approvals approvals, Predicate<String> attached, Clock clock) {
        this.shell = shell;
        this.guard = guard;
        this.approvals = approvals;
        this.attached = attached;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/approvals", Route.Kind.PAGE, guard.page(this::inbox)),
                Route.get("/approvals/{id}", Route.Kind.PAGE, guard.page(this::question)),
                Route.post("/approvals/{id}", Route.Kind.PAGE, guard.form(this::decide)));
    }

    private Response inbox(Request request, BrowserSession session) {
        var userId = session.person().id();
        var views = new ApprovalQuestions(shell.times(session), clock);
        var waiting = approvals.waiting(userId).stream().map(views::waiting).toList();
        var decided = approvals.recent(userId).stream()
                .filter(approval -> approval.tier() != Tier.T0 && !views.open(approval))
                .map(views::decided)
                .toList();
        var view = new Inbox(List.of(), waiting, decided, attached.test(userId));
        return shell.page(session, Shell.Place.APPROVALS, "Approvals", "approvals", view);
    }

    private Response question(Request request, BrowserSession session) {
        var already = request.query("already").isPresent();
        return page(200, session, request.pathValue("id"), already ? List.of(ALREADY) : List.of(), Refusal.NONE);
    }

    private Response decide(Request request, BrowserSession session) {
        var id = request.pathValue("id");
        var userId = session.person().id();
        var evidence =
                Evidence.of(session, request.client(), request.form("digest").orElse(""));
        try {
            return switch (request.form("decision").orElse("")) {
                case "approve" -> decided(approvals.approve(userId, id, evidence), State.DENIED);
                case "decline" -> decided(approvals.deny(userId, id, evidence), State.APPROVED);
                default -> throw new HttpException(400, "Choose Approve or Decline.");
            };
        } catch (ApprovalException e) {
            return switch (e.code()) {
                case NOT_FOUND -> throw Failures.missing();
                case DIGEST_MISMATCH ->
                    page(
                            409,
                            session,
                            id,
                            List.of(),
                            Refusal.whole("It has changed meanwhile", String.valueOf(e.getMessage())));
                case TIER, QUEUE_FULL -> throw new HttpException(409, String.valueOf(e.getMessage()));
            };
        }
    }

    /** After the post; says so when another answer was first. */
    private static Response decided(Approval approval, State opposite) {
        var other = switch (approval.state()) {
            case EXPIRED, SUPERSEDED -> true;
            case DENIED -> opposite == State.DENIED;
            case APPROVED, CLAIMED, EXECUTED, FAILED, UNKNOWN -> opposite == State.APPROVED;
            case PENDING -> false;
        };
        return Response.seeOther("/approvals/" + approval.id() + (other ? "?already" : ""));
    }

    private Response page(int status, BrowserSession session, String id, List<Notice> notices, Refusal refusal) {
        var approval = approvals.find(session.person().id(), id).orElseThrow(Failures::missing);
        var view = new ApprovalQuestions(shell.times(session), clock).question(approval, notices, refusal);
        var title = view.state().words() + ": " + view.verb();
        return shell.decision(status, session, title, "approval", view, view.open());
    }
}
