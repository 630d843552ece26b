package dev.countersign.connector.google;

import java.util.List;
import java.util.Optional;

/** People v1 as far as it is used here. */
final class PeopleJson {
    private PeopleJson() {}

    record Found(List<Result> results) {}

    record Result(Optional<Person> person) {}

    record Directory(List<Person> people) {}

    record Person(
            String resourceName,
            List<Name> names,
            List<Value> emailAddresses,
            List<Value> phoneNumbers,
            List<Organization> organizations) {}

    record Name(Optional<String> displayName) {}

    record Value(Optional<String> value) {}

    record Organization(Optional<String> name) {}
}
