package dev.countersign.connector.microsoft;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/** OneDrive as far as it is used here. */
final class DriveJson {
    private DriveJson() {}

    record Items(List<Item> value) {}

    record Item(
            String id,
            Optional<String> name,
            Optional<String> description,
            Optional<String> webUrl,
            Optional<String> lastModifiedDateTime,
            Optional<Long> size,
            Optional<File> file,
            Optional<Reference> parentReference,
            Optional<Remote> remoteItem,
            Optional<By> createdBy,
            Optional<By> lastModifiedBy,
            @JsonProperty("@microsoft.graph.downloadUrl") Optional<String> downloadUrl) {}

    record File(Optional<String> mimeType) {}

    record Reference(Optional<String> driveId) {}

    /** What is shared from another drive. */
    record Remote(String id, Optional<Reference> parentReference, Optional<File> file) {}

    record By(Optional<User> user) {}

    record User(Optional<String> email, Optional<String> displayName) {}
}
