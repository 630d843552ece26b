package dev.countersign.oauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Clients by id: pre-registered ones, those that registered themselves, and those that a document at their id describes. */
public final class Clients {
    private final Map<String, Client> preRegistered;
    private final RegisteredClients registered;
    private final Optional<ClientMetadataDocuments> documents;

    /** @param documents absent when such clients are not let in */
    public Clients(
            List<Client> preRegistered, RegisteredClients registered, Optional<ClientMetadataDocuments> documents) {
        this.preRegistered =
                preRegistered.stream().collect(Collectors.toUnmodifiableMap(Client::id, Function.identity()));
        this.registered = registered;
        this.documents = documents;
    }

    /**
     * The client of this id; may fetch its metadata document.
     *
     * @throws OAuthError {@code invalid_client} when the document cannot be had or does not hold
     */
    public Optional<Client> find(String clientId) {
        return hasDocument(clientId) ? documents.map(fetched -> fetched.find(clientId)) : known(clientId);
    }

    /** Whether a document at its id describes this client. */
    boolean hasDocument(String clientId) {
        return documents.isPresent()
                && ClientMetadataDocuments.isDocumentUrl(clientId)
                && !preRegistered.containsKey(clientId);
    }

    /** The client of this id if it is known without a fetch. */
    Optional<Client> known(String clientId) {
        return Optional.ofNullable(preRegistered.get(clientId)).or(() -> registered.find(clientId));
    }
}
