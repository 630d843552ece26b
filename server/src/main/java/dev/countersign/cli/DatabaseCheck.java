package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.store.DatabaseCheckup;
import dev.countersign.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database: opens, is whole, and has the tables of this program. */
final class DatabaseCheck implements Examination {
    private final Config config;

    DatabaseCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> look() throws IOException {
        var file = config.database().toAbsolutePath();
        if (!Files.exists(file)) {
            return List.of(Finding.good("the database " + file + " is made at the first start"));
        }
        try {
            return findings(file, DatabaseCheckup.look(file));
        } catch (StoreException e) {
            return List.of(Finding.bad(
                    "the database " + file + " does not open: "
                            + Optional.ofNullable(e.getCause())
                                    .map(Throwable::getMessage)
                                    .orElse(e.getMessage()),
                    "Check that the file is the user's and no other program holds it, or put it back from its"
                            + " backup."));
        }
    }

    private static List<Finding> findings(Path file, DatabaseCheckup.Report report) throws IOException {
        var findings = new ArrayList<Finding>();
        findings.add(
                report.damage().isEmpty()
                        ? Finding.good("the database " + file + " is whole, " + Files.size(file) / 1024 + " kB")
                        : Finding.bad(
                                "the database " + file + " is damaged: "
                                        + report.damage().getFirst(),
                                "End Countersign and put the database back from its backup."));
        if (!report.unknown().isEmpty()) {
            findings.add(Finding.bad(
                    "a newer Countersign has changed the tables: " + String.join(", ", report.unknown()),
                    "Install that version again, or put the database back from a backup made before it."));
        }
        findings.add(
                report.waiting().isEmpty()
                        ? Finding.good("its tables are up to date")
                        : Finding.notice(
                                "the next start changes its tables: " + String.join(", ", report.waiting()),
                                "Copy the data folder first, so that you can go back."));
        return findings;
    }
}
