package dev.countersign.connector.standards;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.Folder.Role;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** The folders of a mailbox, what each is for, and those that will be made when something goes into them. */
final class Places {
    /** RFC 6154 section 2. */
    private static final Map<String, Role> ATTRIBUTES = Map.of(
            "\\drafts", Role.DRAFTS,
            "\\sent", Role.SENT,
            "\\trash", Role.TRASH,
            "\\junk", Role.SPAM,
            "\\archive", Role.ARCHIVE);

    /** What mail programs call a folder where the server does not say what it is for; the first is the one to make. */
    private static final Map<Role, List<String>> NAMES = Map.of(
            Role.DRAFTS, List.of("Drafts", "Draft", "Entwürfe", "Brouillons", "Borradores"),
            Role.SENT, List.of("Sent", "Sent Messages", "Sent Items", "Gesendet", "Envoyés", "Enviados"),
            Role.TRASH, List.of("Trash", "Deleted Messages", "Deleted Items", "Papierkorb", "Corbeille", "Papelera"),
            Role.SPAM, List.of("Junk", "Spam", "Junk E-mail", "Bulk Mail"),
            Role.ARCHIVE, List.of("Archive", "Archives", "Archiv"));

    /** A mailbox works without the others. */
    private static final List<Role> ALWAYS = List.of(Role.DRAFTS, Role.SENT, Role.TRASH, Role.ARCHIVE);

    /**
     * One folder.
     *
     * @param id its full name
     * @param exists whether it is there already
     * @param aside whether it shows the mail of all others, RFC 6154's {@code \All}, or is somebody else's
     */
    record Place(String id, String name, Role role, boolean exists, boolean aside) {}

    private final List<Place> places;

    private Places(List<Place> places) {
        this.places = List.copyOf(places);
    }

    static Places of(Imap imap) throws MessagingException {
        var folders = Arrays.stream(imap.store().getDefaultFolder().list("*"))
                .map(IMAPFolder.class::cast)
                .toList();
        var attributes = new ArrayList<List<String>>();
        for (var folder : folders) {
            attributes.add(Arrays.stream(folder.getAttributes())
                    .map(one -> one.toLowerCase(Locale.ROOT))
                    .toList());
        }
        var layout = Layout.of(imap.store());
        var found = new ArrayList<Place>();
        var said = new EnumMap<Role, Boolean>(Role.class);
        for (var i = 0; i < folders.size(); i++) {
            if (layout.own(folders.get(i).getFullName())) {
                attributes.get(i).stream()
                        .filter(ATTRIBUTES::containsKey)
                        .forEach(one -> said.put(ATTRIBUTES.getOrDefault(one, Role.OTHER), true));
            }
        }
        for (var i = 0; i < folders.size(); i++) {
            if (holdsMail(attributes.get(i))) {
                found.add(place(folders.get(i).getFullName(), layout, attributes.get(i), said, found));
            }
        }
        found.sort(Comparator.comparing(place -> place.role()));
        missing(found, layout);
        return new Places(found);
    }

    private static boolean holdsMail(List<String> attributes) {
        return !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
    }

    private static Place place(
            String id, Layout layout, List<String> attributes, Map<Role, Boolean> said, List<Place> before) {
        if (!layout.own(id)) {
            return new Place(id, layout.shown(id), Role.OTHER, true, true);
        }
        var role = attributes.stream()
                .filter(ATTRIBUTES::containsKey)
                .map(one -> ATTRIBUTES.getOrDefault(one, Role.OTHER))
                .findFirst()
                .or(() -> named(id, layout).filter(one -> !said.containsKey(one)))
                .filter(one -> before.stream().noneMatch(place -> place.role() == one))
                .orElse(Role.OTHER);
        return new Place(id, layout.shown(id), role, true, attributes.contains("\\all"));
    }

    private static Optional<Role> named(String id, Layout layout) {
        if (id.equalsIgnoreCase("INBOX")) {
            return Optional.of(Role.INBOX);
        }
        var name = layout.bare(id);
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(name::equalsIgnoreCase))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void missing(List<Place> found, Layout layout) {
        for (var role : ALWAYS) {
            if (found.stream().noneMatch(place -> place.role() == role)) {
                var id = layout.prefix(found.stream().map(Place::id).toList())
                        + NAMES.getOrDefault(role, List.of()).getFirst();
                found.add(new Place(id, layout.shown(id), role, false, false));
            }
        }
    }

    /** The inbox first. */
    List<Place> all() {
        return places;
    }

    Place role(Role role) {
        return places.stream().filter(place -> place.role() == role).findFirst().orElseThrow(Places::unknown);
    }

    /** By id, or by the lower-case name of its role. Fails with {@code NOT_FOUND}. */
    Place named(String idOrRole) {
        return places.stream()
                .filter(place -> place.id().equals(idOrRole))
                .findFirst()
                .or(() -> places.stream()
                        .filter(place -> place.role() != Role.OTHER
                                && place.role().name().toLowerCase(Locale.ROOT).equals(idOrRole))
                        .findFirst())
                .orElseThrow(Places::unknown);
    }

    private static UpstreamException unknown() {
        return new UpstreamException(
                Kind.NOT_FOUND, "There is no such folder. Call mail_list_folders and use an id from it.");
    }

    /** Where mail is looked for that may be anywhere: all of one's own but trash and spam. */
    List<Place> searched() {
        return places.stream()
                .filter(place -> place.exists() && !place.aside())
                .filter(place -> place.role() != Role.TRASH && place.role() != Role.SPAM)
                .toList();
    }

    /** One's own first. */
    List<Place> existing() {
        return places.stream()
                .filter(Place::exists)
                .sorted(Comparator.comparing(Place::aside))
                .toList();
    }

    /** Makes the folder when it is not there yet. */
    static void make(Imap imap, Place place) throws MessagingException {
        var folder = imap.store().getFolder(place.id());
        if (!place.exists() && !folder.exists()) {
            folder.create(jakarta.mail.Folder.HOLDS_MESSAGES);
            folder.setSubscribed(true);
        }
    }

    static Folder folder(Place place, Optional<Integer> unread) {
        return new Folder(place.id(), place.name(), place.role(), unread);
    }
}
