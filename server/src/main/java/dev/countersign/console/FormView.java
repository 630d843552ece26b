package dev.countersign.console;

/** What a page with a form shows. */
interface FormView {
    /** Why the form was not taken; none where it is asked for the first time. */
    Refusal refusal();
}
