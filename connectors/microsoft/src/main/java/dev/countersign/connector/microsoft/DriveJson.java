package dev.countersign.connector.microsoft;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** OneDrive as far as it is used here. */
final class DriveJson {
    /** The fields that are asked of what a search finds. */
    static final String FOUND =
            "id,name,size,webUrl,lastModifiedDateTime,file,parentReference,remoteItem,createdBy,lastModifiedBy";

    private DriveJson() {}

    record Items(
            List<Item> value,
            @JsonProperty("@odata.nextLink") Optional<String> nextLink) {}

    /** @param remoteItem the item itself, where this one only stands for it because it lies in another drive */
    record Item(
            String id,
            Optional<String> name,
            Optional<String> webUrl,
            Optional<String> lastModifiedDateTime,
            Optional<Long> size,
            Optional<File> file,
            Optional<Reference> parentReference,
            Optional<Item> remoteItem,
            Optional<By> createdBy,
            Optional<By> lastModifiedBy,
            @JsonProperty("@microsoft.graph.downloadUrl") Optional<String> downloadUrl) {
        /** A field of the item itself, or of what stands for it. */
        <T> Optional<T> first(Function<Item, Optional<T>> field) {
            return remoteItem.flatMap(field).or(() -> field.apply(this));
        }
    }

    record File(Optional<String> mimeType) {}

    record Reference(Optional<String> driveId) {}

    record By(Optional<User> user) {}

    record User(Optional<String> email, Optional<String> displayName) {}
}
