package dev.countersign.vault;

/**
 * Where a sealed value stands. All of it is authenticated with the value, so a value that is moved to another row, column,
 * person or version does not open.
 *
 * @param userId whose key seals it
 * @param record the row: its kind and id, e.g. {@code connection/01j…}
 * @param field the column, e.g. {@code access_token}
 * @param version the row's version that the value was written for
 */
public record SealedField(String userId, String record, String field, long version) {
    public SealedField {
        if (userId.isEmpty() || record.isEmpty() || field.isEmpty()) {
            throw new IllegalArgumentException("a sealed field needs a user, a record and a field");
        }
    }
}
