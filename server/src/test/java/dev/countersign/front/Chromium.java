package dev.countersign.front;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's Chromium, and what is wrong with the pages that it shows. */
final class Chromium implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** The storage state of somebody who is not signed in. */
    static final String NOBODY = "{\"cookies\":[],\"origins\":[]}";

    /** Pages come within a second; on a machine under load a browser may need much longer. */
    private static final double PATIENCE_MILLIS = 180_000;

    private final Playwright playwright;
    private final Browser browser;

    /** How a person looks at a page. */
    record Look(int width, int height, ColorScheme colours, boolean script) {
        boolean isPhone() {
            return width < 600;
        }

        @Override
        public String toString() {
            return (isPhone() ? "phone" : "desktop") + "-" + colours.name().toLowerCase(java.util.Locale.ROOT)
                    + (script ? "" : "-no-script");
        }

        /** On a phone and on a desktop, light and dark. */
        static final List<Look> WITH_SCRIPT = List.of(
                phone(ColorScheme.LIGHT, true),
                desktop(ColorScheme.LIGHT, true),
                phone(ColorScheme.DARK, true),
                desktop(ColorScheme.DARK, true));

        /** Each size once. */
        static final List<Look> WITHOUT_SCRIPT =
                List.of(desktop(ColorScheme.DARK, false), phone(ColorScheme.LIGHT, false));

        private static Look phone(ColorScheme colours, boolean script) {
            return new Look(390, 844, colours, script);
        }

        private static Look desktop(ColorScheme colours, boolean script) {
            return new Look(1280, 900, colours, script);
        }
    }

    Chromium() {
        var executable = Programs.chromium();
        var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        this.playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS)
                        .setTimeout(PATIENCE_MILLIS)
                        .setHeadless(true));
    }

    /** A fresh profile. */
    BrowserContext profile() {
        return patient(browser.newContext());
    }

    /**
     * A profile that looks at pages so at first. Nothing moves in it: colours are there as soon as they are asked for.
     *
     * @param person the storage state of somebody who is signed in
     */
    BrowserContext profile(Look look, String person) {
        return patient(browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.colours())
                .setJavaScriptEnabled(look.script())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setStorageState(person)));
    }

    /** Looks at a page in another way without loading it again; with or without script as its profile has it. */
    static void look(Page page, Look look) {
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(look.colours()).setReducedMotion(ReducedMotion.REDUCE));
        page.setViewportSize(look.width(), look.height());
    }

    private static BrowserContext patient(BrowserContext profile) {
        profile.setDefaultTimeout(PATIENCE_MILLIS);
        profile.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        return profile;
    }

    /**
     * Does what leads to another page, and returns once that page is there with all that belongs to it. A click itself
     * returns earlier: what follows it would read half a page, or begin a navigation that the page's own one interrupts.
     */
    static void arrive(Page page, Runnable act) {
        var arrived = new AtomicBoolean();
        Consumer<Page> loaded = any -> arrived.set(true);
        page.onLoad(loaded);
        try {
            act.run();
            page.waitForCondition(arrived::get);
        } finally {
            page.offLoad(loaded);
        }
    }

    /** What a page says that it should not: errors of its console and of its scripts. */
    static List<String> errors(Page page) {
        var errors = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
        return errors;
    }

    /** For people to look at, with {@code -Dscreenshots=true}: pictures take a third of the time, and no test reads them. */
    static void screenshot(Page page, String name) {
        if (Boolean.getBoolean("screenshots")) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
        }
    }

    /** By how many pixels the page is wider than its window. */
    static int overflow(Page page) {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .intValue();
    }

    /** What keeps people out or makes it hard for them, by every rule of axe-core. */
    static List<String> barriers(Page page) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(axe()); // once for each load: half a megabyte of script
        }
        var found = (String) page.evaluate("axe.run().then((results) => JSON.stringify(results.violations))");
        return JsonMapper.shared()
                .readTree(found)
                .valueStream()
                .map(Chromium::said)
                .toList();
    }

    private static String said(JsonNode rule) {
        var places = rule.path("nodes")
                .valueStream()
                .map(node -> node.path("target").toString())
                .toList();
        return rule.path("id").asString() + ": " + rule.path("help").asString() + " " + places;
    }

    private static String axe() {
        try {
            return Files.readString(Programs.axe());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
