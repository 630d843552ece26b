package dev.countersign.retrieval;

import dev.countersign.connections.RecordJson;
import dev.countersign.connections.ServerCall;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.store.DocumentTable;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** {@code fetch}: the whole of one thing that search found. */
final class FetchTool {
    /** UTF-16 characters; about what a model reads with profit at once. The rest is one call away. */
    static final int MAX_TEXT = 50_000;

    public record Input(
            @Doc("id of a result of search") String id,

            @Doc(value = "where to go on in a long text: nextOffset of the part before", min = 0)
            Optional<Integer> offset) {}

    public record Output(
            String id,
            String title,
            String text,

            @Doc("where the person can open it; absent when there is no such page")
            Optional<String> url,

            Metadata metadata,

            @Doc("'offset' for the rest of the text; absent at the end")
            Optional<Integer> nextOffset) {
        Foreign foreign() {
            return Words.foreign(metadata.author, metadata.source, title, text);
        }
    }

    /** What is known of it. */
    public record Metadata(
            @Doc("the shared folder or the linked account that holds it")
            String source,

            @Doc("who wrote it, where that is known") Optional<String> author,
            Optional<OffsetDateTime> time) {}

    private final Documents documents;
    private final LinkedSearch linked;

    FetchTool(Documents documents, LinkedSearch linked) {
        this.documents = documents;
        this.linked = linked;
    }

    Tool<Input, Output> tool() {
        return Tool.read("fetch", "Read a search result", Input.class, Output.class)
                .description("Gives the full text of one result of search.")
                .scopes("search")
                .accounts(Tool.Accounts.NONE)
                .text(RecordJson.ARGUMENTS::write)
                .foreign(out -> List.of(out.foreign()))
                .run((in, call) -> run(in, (ServerCall) call));
    }

    private Output run(Input in, ServerCall call) {
        var userId = call.principal().userId();
        var whole = ItemId.parse(in.id()).flatMap(id -> switch (id) {
            case ItemId.Shared shared ->
                documents.fetch(userId, shared.document()).map(row -> output(in.id(), row, call.zone()));
            case ItemId.InAccount item -> inAccount(userId, item).map(found -> output(in.id(), found, call.zone()));
        });
        return part(whole.orElseThrow(() -> notThere(in.id())), in.offset().orElse(0));
    }

    /** One sentence for what is gone, hidden, or another person's: nobody learns which. */
    private static ToolException notThere(String id) {
        return new ToolException("Nothing with id " + id + ". Call search and use an id from it.");
    }

    private record InSource(LinkedSearch.Source source, SearchService.Document document) {}

    private Optional<InSource> inAccount(String userId, ItemId.InAccount id) {
        return linked.sources(userId).stream()
                .filter(source -> source.account().id().equals(id.account()))
                .findFirst()
                .flatMap(source -> fetch(source, id.item()).map(document -> new InSource(source, document)));
    }

    /** An id that the provider does not know, or cannot read, is one of nothing. */
    private static Optional<SearchService.Document> fetch(LinkedSearch.Source source, String item) {
        try {
            return source.service().fetch(item);
        } catch (UpstreamException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Output output(String id, DocumentTable.Row row, ZoneId zone) {
        var metadata = new Metadata(
                Words.folder(row.folder()),
                Optional.empty(),
                Optional.of(row.updatedAt().atZone(zone).toOffsetDateTime()));
        return new Output(id, Words.title(row.title()), row.text(), row.url(), metadata, Optional.empty());
    }

    private static Output output(String id, InSource found, ZoneId zone) {
        var document = found.document;
        var metadata = new Metadata(
                found.source.words(),
                Words.author(document.author()),
                document.at().map(at -> at.atZone(zone).toOffsetDateTime()));
        return new Output(
                id, Words.title(document.title()), document.text(), document.url(), metadata, Optional.empty());
    }

    private static Output part(Output whole, int offset) {
        var text = whole.text;
        if (offset < 0 || offset > text.length()) {
            throw new ToolException("'offset' must be from 0 to " + text.length() + ".");
        }
        int end = Math.min(text.length(), offset + MAX_TEXT);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return new Output(
                whole.id,
                whole.title,
                text.substring(offset, end),
                whole.url,
                whole.metadata,
                end < text.length() ? Optional.of(end) : Optional.empty());
    }
}
