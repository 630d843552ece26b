package dev.countersign.mcp;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.ApprovalException;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.CallOutcome;
import dev.countersign.approvals.CanonicalJson;
import dev.countersign.approvals.FrozenCall;
import dev.countersign.approvals.Wakes;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.policy.Decision;
import dev.countersign.policy.ToolCall;
import dev.countersign.policy.ToolCallPolicy;
import dev.countersign.risk.CallFacts;
import dev.countersign.risk.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The flow of one {@code tools/call} behind authentication: validate, take what the client brought back, ask the checks, then
 * read, or freeze what acts and wait for its outcome. A repeat with an answer runs through all of it again.
 */
final class CallFlow {
    /** Others cannot wake this node: what is waited for is looked at this often. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private final ToolCallPolicy policy;
    private final Approvals approvals;
    private final Risk risk;
    private final Wakes links;
    private final Callers callers;
    private final CallLog log;
    private final ConnectorCall.Rooms rooms;
    private final Asking asking;
    private final Duration deadline;

    /** @param links woken with a person's id when what they linked has changed */
    CallFlow(
            ToolCallPolicy policy,
            Approvals approvals,
            Risk risk,
            Wakes links,
            Callers callers,
            CallLog log,
            ConnectorCall.Rooms rooms,
            Asking asking,
            Duration deadline) {
        this.policy = policy;
        this.approvals = approvals;
        this.risk = risk;
        this.links = links;
        this.callers = callers;
        this.log = log;
        this.rooms = rooms;
        this.asking = asking;
        this.deadline = deadline;
    }

    <I extends Record, O extends Record> Answer call(CheckedTool<I, O> tool, ToolRequest request) {
        var problems = problems(tool, request.arguments());
        if (!problems.isEmpty()) {
            return ToolJson.failure(String.join(" ", problems));
        }
        I in;
        try {
            in = tool.read(request.arguments());
        } catch (JacksonException e) {
            return ToolJson.failure("An argument is not of the form that the tool's input schema gives. Correct it.");
        }
        try {
            return new One<>(tool, request, in, callers.of(request.principal())).answer();
        } catch (ToolException e) {
            return ToolJson.failure(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // the interrupt of a client that left shows in whatever was waited for
            throw request.running().cancelled() ? new CallEndedException() : e;
        }
    }

    private static List<String> problems(CheckedTool<?, ?> tool, ObjectNode arguments) {
        var problems = tool.problems(arguments);
        if (!problems.isEmpty()) {
            return problems;
        }
        try {
            CanonicalJson.of(arguments);
            return List.of();
        } catch (CanonicalJson.NotCanonicalException e) {
            return List.of("An argument cannot be taken: " + e.getMessage() + ".");
        }
    }

    /** One call on its way. */
    private final class One<I extends Record, O extends Record> {
        private final CheckedTool<I, O> tool;
        private final ToolRequest request;
        private final I in;
        private final Callers.Caller caller;
        private final long startedAt = System.nanoTime();

        One(CheckedTool<I, O> tool, ToolRequest request, I in, Callers.Caller caller) {
            this.tool = tool;
            this.request = request;
            this.in = in;
            this.caller = caller;
        }

        Answer answer() {
            try {
                takeRefusal();
                var decision = decide();
                if (decision instanceof Decision.AskToLink
                        && answeredLink().filter(Action.ACCEPT::equals).isPresent()) {
                    decision = afterLinking();
                }
                return act(decision);
            } catch (ToolException e) {
                return failed("tool_error", String.valueOf(e.getMessage()));
            } catch (UpstreamException e) {
                return failed("upstream_" + e.kind().name().toLowerCase(Locale.ROOT), UpstreamFailures.sentence(e));
            } catch (CancellationException e) {
                return ended();
            }
        }

        /** A no counts at once, whatever the checks say now. */
        private void takeRefusal() {
            var refused = request.reply().filter(given -> given.action() != Action.ACCEPT);
            refused.flatMap(Reply::approvalId).ifPresent(id -> {
                try {
                    approvals.denyByClient(
                            request.principal(), id, refused.get().digest());
                } catch (ApprovalException e) {
                    // the question is gone or has changed meanwhile: the checks ask anew
                }
            });
        }

        /** Brings a yes to the question that it belongs to, after the checks have let the call through again. */
        private Approval taken(Approval asked) {
            var reply = request.reply().filter(given -> given.action() == Action.ACCEPT && isAnswered(asked.id()));
            if (reply.isEmpty() || asked.state() != Approval.State.PENDING) {
                return asked;
            }
            try {
                if (reply.get().inForm()) {
                    return approvals.approveByClient(
                            request.principal(), asked.id(), reply.get().digest());
                }
                waitFor(asked.id());
            } catch (ApprovalException e) {
                // it is decided on our page meanwhile, or shows something else: it is asked anew
            }
            return approvals.find(request.principal().userId(), asked.id()).orElse(asked);
        }

        private Decision decide() {
            return limited(() -> {
                var decision = policy.decide(ToolCall.of(
                        request.principal(),
                        request.network(),
                        tool.tool(),
                        request.arguments(),
                        caller.own(),
                        accounts -> tool.question(in, connectorCall(accounts))));
                if (decision instanceof Decision.Deny && request.running().ended()) {
                    throw new CancellationException("a check that was interrupted denies");
                }
                return decision;
            });
        }

        /** Does work within the deadline; however its interruption shows, it ends as cancelled. */
        private <T> T limited(Supplier<T> work) {
            request.running().limit(deadline);
            try {
                return work.get();
            } catch (RuntimeException e) {
                throw request.running().ended() ? new CancellationException("left, or late") : e;
            } finally {
                request.running().unlimited();
            }
        }

        /** The person is at our page to link an account: waits until it is there. */
        private Decision afterLinking() {
            long end = System.nanoTime() + request.patience().toNanos();
            try (var waiter = links.waiter(request.principal().userId())) {
                while (true) {
                    var decision = decide();
                    var left = Duration.ofNanos(end - System.nanoTime());
                    if (!(decision instanceof Decision.AskToLink) || !left.isPositive()) {
                        return decision;
                    }
                    waiter.await(left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CallEndedException();
            }
        }

        private Answer act(Decision decision) {
            return switch (decision) {
                case Decision.Allow(var accounts) -> read(accounts);
                case Decision.Confirm confirm -> settle(taken(ask(confirm)));
                case Decision.Decided(var approval) -> settle(approval);
                case Decision.AskToLink link -> toLink(link);
                case Decision.Deny(var code, var reason) -> {
                    log.refused(request, tool.tool(), code);
                    yield ToolJson.failure(reason);
                }
                case Decision.InsufficientScope(var needed) -> {
                    log.refused(request, tool.tool(), "scope");
                    yield new Answer.InsufficientScope(needed);
                }
            };
        }

        private Answer read(List<LinkedAccount> accounts) {
            var out = limited(() -> tool.tool().run().call(in, connectorCall(accounts)));
            var members = tool.members(out);
            risk.read(facts(), tool.tool().foreign().apply(out));
            log.ran(request, tool.tool(), accounts, "ok", startedAt);
            return new Answer.Result(members);
        }

        private Approval ask(Decision.Confirm confirm) {
            var frozen = FrozenCall.of(
                    request.principal(),
                    tool.tool(),
                    request.arguments(),
                    confirm.accounts(),
                    confirm.question().version());
            try {
                return approvals.ask(frozen, confirm.tier(), confirm.question(), confirm.reasons());
            } catch (ApprovalException e) {
                throw toolException(e);
            }
        }

        private Answer settle(Approval approval) {
            if (approval.state() == Approval.State.PENDING) {
                var ask = asking.toConfirm(approval);
                return isAnswered(approval.id()) ? Asking.elsewhere(ask) : ask;
            }
            var outcome = (approval.state().ended() ? approval : waitFor(approval.id())).ending();
            if (outcome.isEmpty()) {
                return Asking.underWay(asking.page(approval.id()), approval.id());
            }
            countAsRead(outcome.get());
            approvals.delivered(approval.id());
            return ToolJson.ended(outcome.get());
        }

        /** Whether the client's answer was to this question: it is not put twice. */
        private boolean isAnswered(String approvalId) {
            return request.reply()
                    .flatMap(Reply::approvalId)
                    .filter(approvalId::equals)
                    .isPresent();
        }

        private Approval waitFor(String approvalId) {
            var standing = approvals.await(approvalId, request.patience());
            if (request.running().cancelled()) {
                throw new CallEndedException();
            }
            return standing;
        }

        private Answer toLink(Decision.AskToLink link) {
            var ask = asking.toLink(link.lacking(), tool.tool().name());
            log.asked(request, tool.tool());
            return switch (answeredLink().orElse(Action.ACCEPT)) {
                case ACCEPT -> answeredLink().isPresent() ? Asking.elsewhere(ask) : ask;
                case DECLINE, CANCEL ->
                    ToolJson.failure("The person did not link an account, so nothing was done. Ask them what they want"
                            + " instead.");
            };
        }

        private Optional<Action> answeredLink() {
            return request.reply().filter(reply -> reply.approvalId().isEmpty()).map(Reply::action);
        }

        /** What acted may answer in others' words too, e.g. with an invitation: they count when they are handed over. */
        private void countAsRead(CallOutcome outcome) {
            if (outcome instanceof CallOutcome.Executed(var json)) {
                var foreign = tool.foreign(json);
                if (!foreign.isEmpty()) {
                    risk.read(facts(), foreign);
                }
            }
        }

        private Answer ended() {
            if (request.running().cancelled()) {
                throw new CallEndedException();
            }
            return failed(
                    "late",
                    "This took longer than " + deadline.toSeconds()
                            + " seconds and was ended; nothing was changed. Ask for less, or try again later.");
        }

        private Answer failed(String outcome, String sentence) {
            log.ran(request, tool.tool(), List.of(), outcome, startedAt);
            return ToolJson.failure(sentence);
        }

        private ConnectorCall connectorCall(List<LinkedAccount> accounts) {
            var asked = new ConnectorCall.Asked(
                    Optional.empty(),
                    request.principal(),
                    caller.person(),
                    tool.tool().name(),
                    request.arguments(),
                    ConnectorCall.Waiting.of(request));
            return new ConnectorCall(rooms, asked, accounts);
        }

        private CallFacts facts() {
            return CallFacts.of(request.principal(), tool.tool(), caller.own(), request.network());
        }

        private static ToolException toolException(ApprovalException e) {
            return new ToolException(String.valueOf(e.getMessage()));
        }
    }
}
