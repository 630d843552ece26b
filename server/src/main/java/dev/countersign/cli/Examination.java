package dev.countersign.cli;

import java.util.List;

/** One thing that the doctor looks at. It changes nothing. */
@FunctionalInterface
interface Examination {
    List<Finding> look() throws Exception;
}
