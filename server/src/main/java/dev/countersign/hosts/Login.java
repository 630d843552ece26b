package dev.countersign.hosts;

import dev.countersign.vault.Secret;

/** @param user the name to sign in with, mostly the address */
public record Login(String user, Secret password) {
    /** Without whose it is. */
    @Override
    public String toString() {
        return "Login(…)";
    }
}
