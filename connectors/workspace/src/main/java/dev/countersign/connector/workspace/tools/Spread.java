package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Call;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks several accounts for a page each, and continues where each stopped.
 *
 * <p>A cursor holds what the first call fixed (e.g. the window that "now" opened) and each unfinished account's own page
 * state. Every item comes exactly once: nothing that an upstream gave is cut off.
 *
 * @param problems accounts that failed while others answered; when all fail the first failure is thrown
 */
record Spread<T>(List<T> items, Optional<String> nextCursor, List<Problem> problems) {
    /** Asks one account for one page. */
    @FunctionalInterface
    interface PageOf<S, T> {
        Page<T> page(S service, Account account, String fixed, int limit, Optional<String> page);
    }

    /** Asks one account for all there is. */
    @FunctionalInterface
    interface AllOf<S, T> {
        List<T> all(S service, Account account);
    }

    static <S, T> Spread<T> page(
            Call call, Class<S> type, int limit, Optional<String> cursor, Supplier<String> fixed, PageOf<S, T> ask) {
        var at = cursor.map(text -> Position.parse(call.openCursor(text)))
                .orElseGet(() -> Position.start(fixed.get(), accounts(call)));
        var share = Math.max(1, limit / Math.max(1, at.pages().size()));
        var items = new ArrayList<T>();
        var left = new LinkedHashMap<String, String>();
        var problems = new Problems(at.pages().size());
        for (var account : accounts(call)) {
            var state = at.pages().get(account.id());
            if (state == null) {
                continue;
            }
            call.checkCancelled();
            problems.guard(account, () -> {
                var page = ask.page(
                        call.service(type, account),
                        account,
                        at.fixed(),
                        share,
                        state.isEmpty() ? Optional.empty() : Optional.of(state));
                items.addAll(page.items());
                page.next().ifPresent(next -> left.put(account.id(), next));
            });
        }
        problems.gone(at.pages().keySet(), accounts(call));
        var next = left.isEmpty()
                ? Optional.<String>empty()
                : Optional.of(call.sealCursor(new Position(at.fixed(), left).format()));
        return new Spread<>(items, next, problems.list());
    }

    static <S, T> Spread<T> all(Call call, Class<S> type, AllOf<S, T> ask) {
        var items = new ArrayList<T>();
        var problems = new Problems(accounts(call).size());
        for (var account : accounts(call)) {
            call.checkCancelled();
            problems.guard(account, () -> items.addAll(ask.all(call.service(type, account), account)));
        }
        return new Spread<>(items, Optional.empty(), problems.list());
    }

    static List<Account> accounts(Call call) {
        if (call.accounts().isEmpty()) {
            throw new ToolException("No linked account can serve this. Call accounts_list and link one.");
        }
        return call.accounts();
    }

    /** Refuses an id that only one account can know while several are asked. */
    static void onlyOne(Call call, String field) {
        if (call.accounts().size() > 1) {
            throw new ToolException("'" + field + "' belongs to one account. Name that account in 'accounts'.");
        }
    }

    /** Collects failures while some account may still answer. */
    private static final class Problems {
        private final int accounts;
        private final List<Problem> list = new ArrayList<>();

        Problems(int accounts) {
            this.accounts = accounts;
        }

        void guard(Account account, Runnable ask) {
            try {
                ask.run();
            } catch (UpstreamException | ToolException e) {
                if (list.size() + 1 == accounts) {
                    throw e;
                }
                list.add(new Problem(account.id(), String.valueOf(e.getMessage())));
            }
        }

        /** Names the accounts that a cursor continues and that are not there any more. */
        void gone(Set<String> ids, List<Account> there) {
            for (var id : ids) {
                if (there.stream().noneMatch(account -> account.id().equals(id))) {
                    list.add(new Problem(id, "This account is no longer linked. Start again without a cursor."));
                }
            }
        }

        List<Problem> list() {
            return List.copyOf(list);
        }
    }

    /** Where each account stopped: an empty state is the start. */
    private record Position(String fixed, Map<String, String> pages) {
        static Position start(String fixed, List<Account> accounts) {
            var pages = new LinkedHashMap<String, String>();
            accounts.forEach(account -> pages.put(account.id(), ""));
            return new Position(fixed, pages);
        }

        String format() {
            var text = new StringBuilder(encode(fixed));
            pages.forEach((id, page) ->
                    text.append(' ').append(encode(id)).append('.').append(encode(page)));
            return text.toString();
        }

        static Position parse(String text) {
            var parts = text.split(" ", -1);
            var pages = new LinkedHashMap<String, String>();
            for (var i = 1; i < parts.length; i++) {
                var dot = parts[i].indexOf('.');
                pages.put(decode(parts[i].substring(0, dot)), decode(parts[i].substring(dot + 1)));
            }
            return new Position(decode(parts[0]), pages);
        }

        private static String encode(String text) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String decode(String text) {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        }
    }
}
