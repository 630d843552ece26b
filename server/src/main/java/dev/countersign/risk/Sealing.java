package dev.countersign.risk;

/** The vault as this room needs it: seals bytes under a person's own key, bound to the record and field they stand in. */
public interface Sealing {
    byte[] seal(String userId, String record, String field, byte[] plain);

    /** Opens what {@link #seal} made; fails when it is not that, or the person's key is gone. */
    byte[] open(String userId, String record, String field, byte[] sealed);
}
