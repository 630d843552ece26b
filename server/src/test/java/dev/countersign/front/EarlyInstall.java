package dev.countersign.front;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.opentest4j.TestAbortedException;

/** Lets npm load its packages beside the first tests, when later ones need them. */
public final class EarlyInstall implements TestExecutionListener {
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (plan.countTestIdentifiers(test ->
                        test.getTags().stream().anyMatch(tag -> tag.getName().equals(Programs.USE_NPM)))
                > 0) {
            Thread.ofVirtual().name("npm").start(EarlyInstall::install);
        }
    }

    private static void install() {
        try {
            Programs.npm();
        } catch (TestAbortedException | IllegalStateException e) {
            // the first test that needs them tries again, and says what is missing
        }
    }
}
