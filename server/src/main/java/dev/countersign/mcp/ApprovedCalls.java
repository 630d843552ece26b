package dev.countersign.mcp;

import dev.countersign.approvals.Digests;
import dev.countersign.approvals.FrozenCall;
import dev.countersign.approvals.RunResult;
import dev.countersign.approvals.Runner;
import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Call;
import dev.countersign.connector.Question;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.oauth.Scope;
import dev.countersign.telemetry.WithoutMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out what was approved: the stored call, not what the client sends later. Everything that the approval rests on is
 * asked again first: the tool, its scopes, the accounts, and that the target still is what the person saw.
 */
final class ApprovedCalls implements Runner {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovedCalls.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ToolCatalog tools;
    private final People people;
    private final ConnectorCall.Rooms rooms;
    private final Connections connections;

    ApprovedCalls(ToolCatalog tools, People people, ConnectorCall.Rooms rooms) {
        this.tools = tools;
        this.people = people;
        this.rooms = rooms;
        this.connections = rooms.connections();
    }

    @Override
    public RunResult run(FrozenCall call, Question shown, int attempt) {
        var tool = tools.find(call.tool())
                .filter(found -> Digests.ofTool(found.tool()).equals(call.toolDigest()));
        if (tool.isEmpty()) {
            return attempt == 1
                    ? new RunResult.Changed("The tool is not the one any more that was approved.")
                    : cutOff("the tool was changed");
        }
        if (!Scope.covers(call.scopes(), tool.get().tool().scopes())) {
            return new RunResult.Failed("The access token did not allow this.");
        }
        var person = people.known(call.userId());
        if (person.isEmpty()) {
            return attempt == 1 ? new RunResult.Failed("The person is no longer here.") : cutOff("the person left");
        }
        var accounts = accounts(call);
        if (accounts.isEmpty()) {
            return attempt == 1
                    ? new RunResult.Failed("The account was disconnected. Nothing was done.")
                    : cutOff("the account was disconnected");
        }
        return new Run<>(tool.get(), call, person.get(), accounts.get(), shown).run(attempt);
    }

    /** An earlier attempt may have acted, and nobody can be asked any more. */
    private static RunResult cutOff(String then) {
        return new RunResult.Unknown("It was cut off, and then " + then + ". Check whether it happened.");
    }

    private Optional<List<LinkedAccount>> accounts(FrozenCall call) {
        var found = new ArrayList<LinkedAccount>();
        for (var id : call.accountIds()) {
            var account = connections.known(call.userId(), id);
            if (account.isEmpty()) {
                return Optional.empty();
            }
            found.add(account.get());
        }
        return Optional.of(found);
    }

    private final class Run<I extends Record, O extends Record> {
        private final CheckedTool<I, O> tool;
        private final I in;
        private final Call call;
        private final Question shown;

        Run(CheckedTool<I, O> tool, FrozenCall frozen, Person person, List<LinkedAccount> accounts, Question shown) {
            var arguments = (ObjectNode) JSON.readTree(frozen.canonicalArguments());
            this.tool = tool;
            this.shown = shown;
            this.in = tool.read(arguments);
            this.call = new ConnectorCall(
                    rooms,
                    new ConnectorCall.Asked(
                            Optional.of(frozen.id()),
                            frozen.principal(),
                            person,
                            frozen.tool(),
                            arguments,
                            ConnectorCall.Waiting.NOBODY),
                    accounts,
                    shown.version());
        }

        RunResult run(int attempt) {
            if (attempt > 1) {
                var earlier = earlier();
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            try {
                if (!same(shown, tool.question(in, call))) {
                    return new RunResult.Changed("What it is about has changed since it was approved.");
                }
            } catch (ToolException e) {
                return new RunResult.Changed(String.valueOf(e.getMessage()));
            } catch (UpstreamException e) {
                return new RunResult.Failed(UpstreamFailures.sentence(e) + " Nothing was done.");
            }
            return act();
        }

        /** What an earlier attempt did; empty when it surely did nothing. */
        private Optional<RunResult> earlier() {
            if (tool.tool().recover().isEmpty()) {
                return Optional.of(new RunResult.Unknown(
                        "The server stopped while this ran, and the provider cannot say whether it happened. Check"
                                + " before you repeat it."));
            }
            try {
                return tool.recovered(in, call).map(this::done);
            } catch (ToolException | UpstreamException e) {
                return Optional.of(new RunResult.Unknown(
                        "The server stopped while this ran, and the provider did not say whether it happened. Check"
                                + " before you repeat it."));
            }
        }

        private RunResult act() {
            try {
                return done(tool.tool().run().call(in, call));
            } catch (ToolException e) {
                return new RunResult.Failed(String.valueOf(e.getMessage()));
            } catch (UpstreamException e) {
                return e.mayHaveActed() ? lost(e) : new RunResult.Failed(UpstreamFailures.sentence(e));
            } catch (RuntimeException e) {
                LOG.error(
                        "approved call failed: approval={} tool={}",
                        call.id(),
                        tool.tool().name(),
                        WithoutMessages.of(e));
                return new RunResult.Unknown(
                        "It may have been carried out: something went wrong on our side. Check before you repeat it.");
            }
        }

        /** No success was seen: the provider is asked once whether it acted. */
        private RunResult lost(UpstreamException failure) {
            try {
                var found = tool.tool().recover().isPresent() ? tool.recovered(in, call) : Optional.<O>empty();
                if (found.isPresent()) {
                    return done(found.get());
                }
            } catch (ToolException | UpstreamException e) {
                LOG.warn("the provider did not say whether approval {} was carried out", call.id());
            }
            return new RunResult.Unknown(
                    UpstreamFailures.sentence(failure) + " It may have been carried out. Check before you repeat it.");
        }

        private RunResult done(O out) {
            return new RunResult.Done("{" + tool.members(out) + "}");
        }

        private static boolean same(Question shown, Question now) {
            return shown.equals(now);
        }
    }
}
