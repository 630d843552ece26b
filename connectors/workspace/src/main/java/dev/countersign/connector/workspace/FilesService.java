package dev.countersign.connector.workspace;

import java.util.Optional;

/** The files of one linked account and those that are shared with it, to search and to read. */
public interface FilesService {
    /**
     * Files that hold all the words in name or content, the best matches first; no folders, nothing from the trash.
     *
     * @param limit how many at most
     * @param page {@link Page#next()} of the page before; empty for the first one
     */
    Page<FileInfo> search(String text, int limit, Optional<String> page);

    /** One file with its content as text; empty when there is none of that id that the account may see. */
    Optional<FileText> read(String fileId);
}
