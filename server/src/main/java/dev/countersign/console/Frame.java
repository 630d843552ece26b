package dev.countersign.console;

import java.util.List;
import java.util.Optional;

/**
 * What stands around every page.
 *
 * @param assets where style sheet, mark and script are: a path that changes with their content
 * @param face who is signed in
 * @param focused whether the page is one decision: phones then show no tabs below it
 */
public record Frame(String title, String assets, Optional<Face> face, List<Tab> tabs, boolean focused) {
    /**
     * The person who is signed in.
     *
     * @param csrf what each form of this session carries
     */
    public record Face(String name, String email, String initials, String csrf) {}

    /**
     * A place to go to.
     *
     * @param count what waits there; 0 is not shown
     */
    public record Tab(String label, String href, Icon icon, boolean current, int count) {}

    public Frame {
        tabs = List.copyOf(tabs);
    }

    /** The token of the signed-in person's forms; empty where nobody is signed in. */
    public String csrf() {
        return face.map(Face::csrf).orElse("");
    }
}
