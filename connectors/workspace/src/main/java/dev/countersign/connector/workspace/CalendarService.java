package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * The calendars of one linked account.
 *
 * <p>A read gives empty for what is not there. A change fails with {@link dev.countersign.connector.UpstreamException}:
 * {@code NOT_FOUND} when it is not there, {@code CONFLICT} when {@code version} is given and is no longer the current one,
 * {@code FORBIDDEN} when the account may not.
 *
 * <p>A change takes a {@code key}, {@link dev.countersign.connector.Call#id()}: done twice with one key it has happened once.
 * Where the upstream takes an id of ours (Google's event id, Graph's transactionId, iCalendar's UID) it is made from the key.
 *
 * <p>{@code notify} says whether other people are told by mail. Where {@link #alwaysNotifies()} the upstream tells them anyway.
 */
public interface CalendarService {
    /** The id that the account's main calendar answers to beside its own. */
    String PRIMARY = "primary";

    /** Every calendar that the account shows, the main one first. */
    List<Calendar> calendars();

    /**
     * The events that overlap the window, by start; recurring ones as instances, cancelled ones left out.
     *
     * @param text words that title, description, location or attendees hold; empty for all events
     * @param limit how many at most
     * @param page {@link Page#next()} of the page before; empty for the first one
     */
    Page<Event> events(String calendarId, Window window, Optional<String> text, int limit, Optional<String> page);

    /** One event, instance or series. */
    Optional<Event> event(String calendarId, String eventId);

    /** The event that {@link #create} made with this key, found with reads only. */
    Optional<Event> created(String calendarId, String key);

    /**
     * When people are busy, one answer for each address. The account's own address covers all of its calendars that count
     * for its free time; another's covers what they share with the account. Who shares nothing has a {@link Busy#problem}.
     */
    List<Busy> busy(List<String> addresses, Window window);

    Event create(String calendarId, EventDraft draft, boolean notify, String key);

    /** Changes one event, one instance (its own id), or a series (its id) with all instances that were not changed apart. */
    Event update(
            String calendarId,
            String eventId,
            EventChange change,
            Optional<String> version,
            boolean notify,
            String key);

    /** Deletes one event, one instance or a series. Of an event that another organizes the account's copy goes. */
    void delete(String calendarId, String eventId, Optional<String> version, boolean notify, String key);

    /** Answers an invitation as it stood at the version; the organizer is told where {@code notify}. */
    Event respond(
            String calendarId,
            String eventId,
            Attendee.Answer answer,
            Optional<String> comment,
            Optional<String> version,
            boolean notify,
            String key);

    /** Whether attendees are told of every change, whatever {@code notify} says (as Graph does). */
    default boolean alwaysNotifies() {
        return false;
    }
}
