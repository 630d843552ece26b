package dev.countersign.risk;

import dev.countersign.risk.Signal.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What the signals say of one call.
 *
 * @param response {@code RAISE}: what acts is confirmed on our page at least; {@code END_SESSION}: refused, the grant is gone
 * @param reasons in words for the person
 */
public record Assessment(Response response, List<String> reasons) {
    public static final Assessment NOTHING = new Assessment(Response.NOTE, List.of());

    public Assessment {
        reasons = List.copyOf(reasons);
    }

    /** Both together: the stronger response, and each reason once. */
    public Assessment and(Assessment other) {
        var all = new LinkedHashSet<>(reasons);
        all.addAll(other.reasons);
        return new Assessment(response.orStronger(other.response), List.copyOf(all));
    }

    Assessment and(Response other, String reason) {
        var all = new ArrayList<>(reasons);
        all.add(reason);
        return new Assessment(response.orStronger(other), all);
    }
}
