package dev.countersign.connector.microsoft;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** Graph's contacts and people as far as they are used here. */
final class PeopleJson {
    static final String CONTACT = "id,displayName,companyName,emailAddresses,businessPhones,homePhones,mobilePhone";
    static final String PERSON = "id,displayName,companyName,scoredEmailAddresses,phones";

    private PeopleJson() {}

    record Contacts(
            List<Contact> value,
            @JsonProperty("@odata.nextLink") Optional<String> nextLink) {}

    record Contact(
            String id,
            Optional<String> displayName,
            Optional<String> companyName,
            List<CalendarJson.Address> emailAddresses,
            List<String> businessPhones,
            List<String> homePhones,
            Optional<String> mobilePhone) {}

    record People(List<Person> value) {}

    record Person(
            String id,
            Optional<String> displayName,
            Optional<String> companyName,
            List<CalendarJson.Address> scoredEmailAddresses,
            List<Phone> phones) {}

    record Phone(Optional<String> number) {}
}
