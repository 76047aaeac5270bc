package isthmus.model;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where a chunk came from; its pieces' lineage resolves through it (model.md 3.5).
 *
 * @param transport {@code jdbc}, {@code sftp}, {@code ftps}, {@code ftp}, {@code soap}, {@code file}, {@code repair} or {@code replay}
 * @param object query id, file name, or endpoint/operation
 * @param hash {@code sha256:…} of the file or message as received, null for a query
 * @param member the file inside an archive
 * @param at the business time of the whole: extraction start, file's own time, message time; in the system's zone
 */
public record Origin(
        String transport,
        String object,
        @Nullable String hash,
        @Nullable String member,
        OffsetDateTime at) {}
