package dev.countersign.retrieval;

import java.util.Optional;

/**
 * The id of something that search found. It names the place it came from and gives no right: what it names is looked up
 * anew for the person who asks.
 */
sealed interface ItemId {
    /** A shared document. */
    record Shared(String document) implements ItemId {
        @Override
        public String text() {
            return DOCUMENT + document;
        }
    }

    /** Something in a linked account, under the id that the account's search gave it. */
    record InAccount(String account, String item) implements ItemId {
        @Override
        public String text() {
            return ACCOUNT + account + "/" + item;
        }
    }

    String DOCUMENT = "doc:";
    String ACCOUNT = "account:";

    /** As models see it. */
    String text();

    /** Empty when it is no id of ours. */
    static Optional<ItemId> parse(String text) {
        if (text.startsWith(DOCUMENT)) {
            return Optional.of(new Shared(text.substring(DOCUMENT.length())));
        }
        int slash = text.indexOf('/');
        return text.startsWith(ACCOUNT) && slash > ACCOUNT.length()
                ? Optional.of(new InAccount(text.substring(ACCOUNT.length(), slash), text.substring(slash + 1)))
                : Optional.empty();
    }
}
