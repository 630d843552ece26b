package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.When;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/** How accounts, times and sizes are written for people. */
final class Shown {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter OFFSET =
            new DateTimeFormatterBuilder().appendOffset("+HH:MM", "+00:00").toFormatter(Locale.ENGLISH);

    private Shown() {}

    static String account(Account account) {
        return account.label().isBlank() || account.label().equalsIgnoreCase(account.address())
                ? account.address()
                : account.label() + " <" + account.address() + ">";
    }

    static String when(When when) {
        return switch (when) {
            case When.AllDay days -> days(days);
            case When.Timed timed -> timed(timed);
        };
    }

    private static String days(When.AllDay days) {
        var last = days.until().minusDays(1);
        return days.from().equals(last)
                ? DAY.format(days.from()) + ", all day"
                : DAY.format(days.from()) + " to " + DAY.format(last) + ", all day";
    }

    private static String timed(When.Timed timed) {
        var start = timed.start().atZoneSameInstant(timed.zone());
        var end = timed.end().atZoneSameInstant(timed.zone());
        var until = start.toLocalDate().equals(end.toLocalDate())
                ? CLOCK.format(end)
                : DAY.format(end) + " " + CLOCK.format(end)
                        + (start.getOffset().equals(end.getOffset()) ? "" : " (" + OFFSET.format(end) + ")");
        return "%s %s to %s, %s (%s)"
                .formatted(DAY.format(start), CLOCK.format(start), until, timed.zone(), OFFSET.format(start));
    }

    static String moment(OffsetDateTime time, ZoneId zone) {
        var there = time.atZoneSameInstant(zone);
        return DAY.format(there) + " " + CLOCK.format(there) + " (" + OFFSET.format(there) + ")";
    }

    static List<String> mailboxes(List<Mailbox> mailboxes) {
        return mailboxes.stream().map(Mailbox::shown).toList();
    }

    static String size(long bytes) {
        return bytes == 1 ? "1 byte" : "%,d bytes".formatted(bytes).replace(',', ' ');
    }

    /** At most so many characters, never half of one. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
