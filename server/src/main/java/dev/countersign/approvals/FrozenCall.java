package dev.countersign.approvals;

import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.RandomToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A call as it was when the person was asked: what runs is this, whatever the client sends later.
 *
 * @param id of the approval too, and what {@link dev.countersign.connector.Call#id()} gives: stays the same over attempts
 * @param scopes what the access token allowed
 * @param authenticatedAt when the person last signed in for the grant
 * @param toolDigest of the tool's definition, SHA-256 in hex
 * @param canonicalArguments RFC 8785
 * @param accountIds the accounts it uses, in the tool's order
 * @param version the target's version tag when the person was asked
 */
public record FrozenCall(
        String id,
        String userId,
        String clientId,
        String clientName,
        String grantId,
        Set<String> scopes,
        Instant authenticatedAt,
        String tool,
        String toolTitle,
        String toolDigest,
        String canonicalArguments,
        List<String> accountIds,
        Optional<String> accountLabel,
        Optional<String> version) {
    public FrozenCall {
        scopes = Set.copyOf(scopes);
        accountIds = List.copyOf(accountIds);
    }

    /** Freezes a call under a new id. */
    public static FrozenCall of(
            Principal principal,
            Tool<?, ?> tool,
            JsonNode arguments,
            List<LinkedAccount> accounts,
            Optional<String> version) {
        return new FrozenCall(
                RandomToken.orderedId(),
                principal.userId(),
                principal.clientId(),
                principal.clientName(),
                principal.grantId(),
                principal.scopes(),
                principal.authenticatedAt(),
                tool.name(),
                tool.title(),
                Digests.ofTool(tool),
                Digests.canonical(arguments),
                accounts.stream().map(LinkedAccount::id).toList(),
                accounts.isEmpty()
                        ? Optional.empty()
                        : Optional.of(accounts.stream().map(FrozenCall::label).collect(Collectors.joining(", "))),
                version);
    }

    /** Whom it acts for. */
    public Principal principal() {
        return new Principal(userId, clientId, clientName, grantId, scopes, authenticatedAt);
    }

    private static String label(LinkedAccount account) {
        return account.label().equalsIgnoreCase(account.address())
                ? account.address()
                : account.label() + " (" + account.address() + ")";
    }
}
