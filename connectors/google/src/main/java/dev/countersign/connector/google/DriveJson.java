package dev.countersign.connector.google;

import java.util.List;
import java.util.Optional;

/** Drive v3 as far as it is used here. */
final class DriveJson {
    /** The fields that are asked of a file. */
    static final String FILE =
            "id,name,mimeType,modifiedTime,webViewLink,size,owners(emailAddress),lastModifyingUser(emailAddress)";

    private DriveJson() {}

    record Files(List<File> files, Optional<String> nextPageToken) {}

    record File(
            String id,
            String name,
            String mimeType,
            Optional<String> modifiedTime,
            Optional<String> webViewLink,
            Optional<Long> size,
            List<User> owners,
            Optional<User> lastModifyingUser) {}

    record User(Optional<String> emailAddress) {}
}
