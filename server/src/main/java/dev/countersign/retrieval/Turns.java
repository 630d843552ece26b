package dev.countersign.retrieval;

import java.util.ArrayList;
import java.util.List;

/** Takes from several lists in turn, so that none crowds the others out. */
final class Turns {
    private Turns() {}

    /** The first of each, then the second of each, and so on. */
    static <T> List<T> take(List<List<T>> lists, int limit) {
        var taken = new ArrayList<T>();
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (var list : lists) {
                if (turn < list.size() && taken.size() < limit) {
                    taken.add(list.get(turn));
                }
            }
        }
        return List.copyOf(taken);
    }
}
