package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.store.DatabaseCheckup;
import dev.countersign.store.StoreException;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.KeyRingException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The key file: there, only its owner's, whole, and of this database. */
final class KeyCheck implements Examination {
    /** In the data folder. */
    static final String FILE = "keys";

    private final Config config;

    KeyCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> look() {
        return List.of(finding());
    }

    private Finding finding() {
        var file = config.dataFolder().toAbsolutePath().resolve(FILE);
        var needed = needed();
        if (!Files.exists(file)) {
            return needed.isEmpty()
                    ? Finding.good("the key file " + file + " is made at the first start")
                    : Finding.bad(
                            "the key file " + file + " is missing, and the database holds what it has sealed",
                            "Put the file back from its backup, or start with an empty data folder.");
        }
        try {
            var ring = KeyRing.open(file);
            var missing = new TreeSet<>(needed);
            missing.removeIf(ring::has);
            return missing.isEmpty()
                    ? Finding.good("the key file " + file + " opens, is its owner's alone, and fits the database")
                    : Finding.bad(
                            "the key file " + file + " lacks " + String.join(", ", missing)
                                    + ", which sealed accounts in the database",
                            "Put back the key file that belongs to this database.");
        } catch (KeyRingException e) {
            return Finding.bad(String.valueOf(e.getMessage()), "");
        }
    }

    /** What the database asks for; when that cannot be read, the check of the database says so. */
    private Set<String> needed() {
        try {
            return Files.exists(config.database())
                    ? DatabaseCheckup.look(config.database()).keyIds()
                    : Set.of();
        } catch (StoreException e) {
            return Set.of();
        }
    }
}
