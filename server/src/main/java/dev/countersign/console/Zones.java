package dev.countersign.console;

import dev.countersign.console.EntryViews.Zone;
import dev.countersign.console.EntryViews.ZoneGroup;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The time zones that a person can choose. */
final class Zones {
    private static final Set<String> REGIONS = Set.of(
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific");

    private Zones() {}

    /** By part of the world, with one of them chosen. */
    static List<ZoneGroup> grouped(ZoneId chosen) {
        var regions = new TreeMap<String, List<Zone>>();
        ZoneId.getAvailableZoneIds().stream().sorted().forEach(id -> {
            var region = id.split("/", 2)[0];
            if (REGIONS.contains(region) && id.contains("/")) {
                var words = id.substring(region.length() + 1).replace('_', ' ').replace("/", ", ");
                regions.computeIfAbsent(region, key -> new ArrayList<>()).add(new Zone(id, words, same(id, chosen)));
            }
        });
        var groups = new ArrayList<ZoneGroup>();
        groups.add(new ZoneGroup(
                "Everywhere",
                List.of(new Zone("UTC", "UTC", !REGIONS.contains(chosen.getId().split("/", 2)[0])))));
        regions.forEach((region, zones) -> groups.add(new ZoneGroup(region, zones)));
        return List.copyOf(groups);
    }

    /** The zone of this id, when there is one. */
    static Optional<ZoneId> of(String id) {
        try {
            return Optional.of(ZoneId.of(id));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean same(String id, ZoneId chosen) {
        return id.equals(chosen.getId());
    }
}
