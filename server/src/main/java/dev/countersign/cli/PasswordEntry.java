package dev.countersign.cli;

import dev.countersign.vault.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads a new password: unseen and twice from a terminal, or the first line of standard input. Never an argument, which others see. */
final class PasswordEntry {
    private PasswordEntry() {}

    static Secret read() throws IOException {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return terminal.isPresent() ? fromTerminal(terminal.get()) : fromInput();
    }

    private static Secret fromTerminal(Console console) {
        var first = secret(Optional.ofNullable(console.readPassword("New password: ")));
        var second = secret(Optional.ofNullable(console.readPassword("The same again: ")));
        if (!first.equals(second)) {
            throw new CommandException("The two entries differ. Run the command again.");
        }
        return first;
    }

    private static Secret secret(Optional<char[]> typed) {
        var characters = typed.orElseThrow(PasswordEntry::none);
        try {
            return Secret.of(new String(characters));
        } finally {
            Arrays.fill(characters, ' ');
        }
    }

    private static Secret fromInput() throws IOException {
        var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return Secret.of(Optional.ofNullable(line).orElseThrow(PasswordEntry::none));
    }

    private static CommandException none() {
        return new CommandException(
                "No password was given. Run the command in a terminal, or send the password as the first line of"
                        + " standard input.");
    }
}
