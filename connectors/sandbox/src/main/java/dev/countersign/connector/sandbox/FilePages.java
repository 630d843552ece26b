package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The files that the signed-in person may see, to look at. Nothing can be changed here. */
final class FilePages {
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.UK);

    private final AccountPages pages;
    private final FileBook files;

    FilePages(AccountPages pages, FileBook files) {
        this.pages = pages;
        this.files = files;
    }

    List<Route> routes() {
        return List.of(
                pages.page("/files", "Files", (person, request) -> list(person)),
                pages.page("/files/{id}", "File", this::file));
    }

    private Html list(Person person) {
        var all = files.search(person, List.of());
        return all.isEmpty()
                ? Html.of("<h1>Files</h1><section class=\"card\"><p>Nothing here yet.</p></section>")
                : Html.of(
                        "<h1>Files</h1><ul class=\"list\">{}</ul>",
                        all.stream().map(file -> line(person, file)).toList());
    }

    private static Html line(Person person, StoredFile file) {
        return Html.of("""
            <li><a href="/files/{}"><span class="other">{}</span><time>{}</time>\
            <span class="subject">{}</span><span class="snippet">{}</span></a></li>
            """, file.id(), owner(person, file), when(person, file), file.name(), file.snippet());
    }

    private static String owner(Person person, StoredFile file) {
        return file.owner().address().equals(person.address()) ? "You" : MailboxPages.name(file.owner());
    }

    private static String when(Person person, StoredFile file) {
        return file.updatedAt().atZone(person.zone()).format(DAY_AND_TIME);
    }

    private Html file(Person person, Incoming request) {
        var file = files.find(person, request.value("id")).orElseThrow(FileBook::unknown);
        return Html.of(
                """
                <article class="card">
                <h1>{}</h1>
                <dl><dt>Of</dt><dd>{}</dd><dt>Changed</dt><dd>{}</dd><dt>Type</dt><dd>{}</dd><dt>Size</dt><dd>{} bytes</dd></dl>
                <div class="text">{}</div>
                </article>
                """,
                file.name(),
                MailboxPages.full(file.owner()),
                when(person, file),
                file.contentType(),
                file.content().length,
                file.text().isEmpty() ? "This file is not text." : file.text());
    }
}
