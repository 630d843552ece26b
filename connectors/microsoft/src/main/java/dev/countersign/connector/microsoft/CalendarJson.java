package dev.countersign.connector.microsoft;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** Graph's calendar as far as it is used here. */
final class CalendarJson {
    /** The fields that are asked of an event. */
    static final String EVENT = "id,changeKey,subject,body,start,end,originalStartTimeZone,isAllDay,location,organizer,"
        + "attendees,responseStatus,responseRequested,isOrganizer,isCancelled,recurrence,seriesMasterId,type,showAs,"
        + "webLink,isOnlineMeeting,onlineMeeting";

    private CalendarJson() {}

    record Calendars(
            List<Calendar> value,
            @JsonProperty("@odata.nextLink") Optional<String> nextLink) {}

    record Calendar(
            String id,
            Optional<String> name,
            Optional<Boolean> isDefaultCalendar,
            Optional<Boolean> canEdit,
            Optional<Address> owner) {}

    record Events(
            List<Event> value,
            @JsonProperty("@odata.nextLink") Optional<String> nextLink) {}

    record Event(
            String id,
            @JsonProperty("@odata.etag") Optional<String> etag,
            Optional<String> changeKey,
            Optional<String> subject,
            Optional<Body> body,
            Optional<Time> start,
            Optional<Time> end,
            Optional<String> originalStartTimeZone,
            Optional<Boolean> isAllDay,
            Optional<Location> location,
            Optional<Recipient> organizer,
            List<Attendee> attendees,
            Optional<Response> responseStatus,
            Optional<Boolean> responseRequested,
            Optional<Boolean> isOrganizer,
            Optional<Boolean> isCancelled,
            Optional<Recurrence> recurrence,
            Optional<String> seriesMasterId,
            Optional<String> type,
            Optional<String> showAs,
            Optional<String> webLink,
            Optional<Boolean> isOnlineMeeting,
            Optional<OnlineMeeting> onlineMeeting) {
        /** As {@code If-Match} takes it. */
        Optional<String> version() {
            return etag.or(() -> changeKey.map(key -> "W/\"" + key + "\""));
        }
    }

    record Body(String contentType, Optional<String> content) {}

    /** {@code dateTime} is local to {@code timeZone}, without an offset. */
    record Time(String dateTime, Optional<String> timeZone) {}

    record Location(Optional<String> displayName) {}

    record Recipient(Optional<Address> emailAddress) {}

    record Address(Optional<String> address, Optional<String> name) {}

    record Attendee(Optional<String> type, Optional<Response> status, Optional<Address> emailAddress) {}

    record Response(Optional<String> response, Optional<String> time) {}

    record OnlineMeeting(Optional<String> joinUrl) {}

    record Recurrence(Pattern pattern, Range range) {}

    record Pattern(
            String type,
            Optional<Integer> interval,
            Optional<Integer> month,
            Optional<Integer> dayOfMonth,
            Optional<List<String>> daysOfWeek,
            Optional<String> firstDayOfWeek,
            Optional<String> index) {}

    record Range(
            String type,
            Optional<String> startDate,
            Optional<String> endDate,
            Optional<String> recurrenceTimeZone,
            Optional<Integer> numberOfOccurrences) {}

    record NewEvent(
            String subject,
            Body body,
            Time start,
            Time end,
            boolean isAllDay,
            Location location,
            List<Attendee> attendees,
            Optional<Recurrence> recurrence,
            String showAs,
            String transactionId,
            List<ExtendedProperty> singleValueExtendedProperties) {}

    record Change(
            Optional<String> subject,
            Optional<Body> body,
            Optional<Time> start,
            Optional<Time> end,
            Optional<Boolean> isAllDay,
            Optional<Location> location,
            Optional<List<Attendee>> attendees,
            Optional<Recurrence> recurrence,
            Optional<String> showAs) {}

    record Answer(Optional<String> comment, boolean sendResponse) {}

    record ScheduleQuery(List<String> schedules, Time startTime, Time endTime) {}

    record Schedules(List<Schedule> value) {}

    record Schedule(String scheduleId, List<Item> scheduleItems, Optional<Problem> error) {}

    record Item(Optional<String> status, Time start, Time end) {}

    record Problem(Optional<String> responseCode) {}
}
