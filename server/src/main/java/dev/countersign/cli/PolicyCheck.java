package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.config.ConfigException;
import dev.countersign.policy.PolicyFile;
import java.nio.file.Files;
import java.util.List;

/** The rules of who must confirm what. */
final class PolicyCheck implements Examination {
    private final Config config;

    PolicyCheck(Config config) {
        this.config = config;
    }

    @Override
    public List<Finding> look() {
        var file = config.policyFile().toAbsolutePath();
        try {
            PolicyFile.read(file);
            return List.of(Finding.good(
                    Files.exists(file)
                            ? "the rules in " + file + " are in order"
                            : "there are no rules in " + file + ": those that come with the program hold"));
        } catch (ConfigException e) {
            return List.of(
                    Finding.bad("rules: " + e.getMessage(), "Mend the rule, or set policy.file to another file."));
        }
    }
}
