package dev.countersign.connector.sandbox;

import static dev.countersign.connector.sandbox.Operation.FILES_READ;

import dev.countersign.connector.sandbox.People.Person;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The files half of the API: it reads only. */
final class FilesApi {
    private final FileBook book;
    private final String issuer;

    FilesApi(FileBook book, String issuer) {
        this.book = book;
        this.issuer = issuer;
    }

    List<Route> routes(Api api) {
        return List.of(
                api.route("GET", "files", FILES_READ, Scope.FILES_READ, this::search),
                api.route("GET", "files/{id}", FILES_READ, Scope.FILES_READ, this::file),
                api.route("GET", "files/{id}/content", FILES_READ, Scope.FILES_READ, this::content));
    }

    private Answer search(Person person, Incoming request) {
        var words = Stream.of(request.parameter("text")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        var limit = Api.limit(request);
        var from = Api.position(request).map(Api.Position::at).orElse(0L);
        var found = book.search(person, words).stream()
                .skip(from)
                .limit(limit + 1L)
                .map(file -> file.json(issuer))
                .toList();
        var more = found.size() > limit;
        return Answer.json(
                200,
                new FilesJson.Files(
                        more ? found.subList(0, limit) : found,
                        more ? Optional.of(Api.cursor(from + limit, "")) : Optional.empty()));
    }

    private StoredFile found(Person person, Incoming request) {
        return book.find(person, request.value("id")).orElseThrow(FileBook::unknown);
    }

    private Answer file(Person person, Incoming request) {
        return Answer.json(200, found(person, request).json(issuer));
    }

    /** As a download only: what strangers share must not run on this origin. */
    private Answer content(Person person, Incoming request) {
        var file = found(person, request);
        return Answer.of(200, file.contentType(), file.content())
                .with("Content-Disposition", "attachment")
                .with("Cache-Control", "no-store");
    }
}
