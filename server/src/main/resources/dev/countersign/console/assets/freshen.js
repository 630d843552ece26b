// Keeps marked parts of a page fresh. Every page works without it.
(() => {
    "use strict";
    const SLOW = 5000;
    const FAST = 1500;
    // The answer of the person's own clock is better than the server's guess.
    const zones = document.querySelector("select[data-zone]");
    if (zones) {
        const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
        if ([...zones.options].some((option) => option.value === own)) {
            zones.value = own;
        }
    }
    const parts = () => [...document.querySelectorAll("[data-freshen]")];
    if (parts().length === 0) {
        return;
    }
    const swap = (from) => {
        const decidable = document.querySelector(".decide.docked") !== null;
        if (decidable && from.querySelector(".decide.docked") === null) {
            // Decided elsewhere, or expired: the whole page has changed.
            location.reload();
            return;
        }
        for (const old of parts()) {
            const fresh = from.getElementById(old.id);
            if (!fresh || old.contains(document.activeElement) || old.isEqualNode(fresh)) {
                continue;
            }
            old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
            const pace = fresh.getAttribute("data-freshen");
            if (pace === null) {
                location.reload();
                return;
            }
            old.setAttribute("data-freshen", pace);
        }
        const count = from.querySelector(".tabs");
        const tabs = document.querySelector(".tabs");
        if (count && tabs && !tabs.contains(document.activeElement) && !tabs.isEqualNode(count)) {
            tabs.replaceWith(document.importNode(count, true));
        }
    };
    const look = async () => {
        if (!document.hidden) {
            const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
            if (!answer.ok) {
                return;
            }
            swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
        }
        next();
    };
    const next = () => {
        const fast = parts().some((part) => part.getAttribute("data-freshen") === "fast");
        setTimeout(() => look().catch(() => setTimeout(next, SLOW)), fast ? FAST : SLOW);
    };
    next();
})();
