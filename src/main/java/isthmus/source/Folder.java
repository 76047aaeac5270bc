package isthmus.source;

import java.nio.file.Path;
import java.util.List;

/** A folder of files on the far side, over one connection. Every method throws {@link SourceAway} when it cannot. */
public interface Folder extends AutoCloseable {

    /** Everything in a directory, as the far side says; names are untrusted. */
    List<Entry> list(String directory);

    boolean exists(String path);

    /** Fetches a file whole into a local folder under its own name, replacing what lies there. */
    Path fetch(String directory, String name, Path into);

    /** Renames; refuses when the target exists. */
    void rename(String from, String to);

    void delete(String path);

    @Override
    void close();

    /**
     * One name of a listing.
     *
     * @param isFile false for directories, links and devices
     * @param modified epoch milliseconds, 0 when unknown
     */
    record Entry(String name, long size, long modified, boolean isFile) {}
}
