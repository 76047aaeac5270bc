package isthmus.source;

import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Unpacks an archive that holds exactly the one file it is named after, and nothing that hurts. */
final class Archives {
    private static final int MAX_RATIO = 100;
    private static final long MAX_BYTES = 2L << 30;

    private Archives() {}

    /** Unpacks {@code x.csv.zip} to {@code x.csv} beside it. */
    static Path unpack(Path archive, String member) throws Refused, IOException {
        Path target = archive.resolveSibling("unpacked-" + member);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw refused("the archive holds nothing, or is damaged");
            }
            requireName(entry, member);
            copy(zip, target, Math.min(MAX_BYTES, Files.size(archive) * MAX_RATIO));
            if (zip.getNextEntry() != null) {
                throw refused("the archive holds more than one file");
            }
        } catch (java.util.zip.ZipException | java.io.EOFException | IllegalArgumentException fault) {
            throw refused("the archive is damaged or encrypted");
        }
        // The directory at the end must say the same as the entries: a cut or doctored archive does not.
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() != 1 || zip.getEntry(member) == null) {
                throw refused("the archive's directory names other files");
            }
        } catch (java.util.zip.ZipException fault) {
            throw refused("the archive's directory is damaged");
        }
        return target;
    }

    private static void requireName(ZipEntry entry, String member) throws Refused {
        if (!entry.getName().equals(member)) {
            throw refused("the archive's file is not named " + member);
        }
    }

    private static void copy(InputStream zip, Path target, long limit) throws Refused, IOException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            int read = zip.read(buffer);
            if (read > 3 && buffer[0] == 'P' && buffer[1] == 'K' && buffer[2] < 8 && buffer[3] < 9) {
                throw refused("an archive inside the archive");
            }
            while (read >= 0) {
                written += read;
                if (written > limit) {
                    throw refused("the archive unpacks to more than " + MAX_RATIO + " times its size, or 2 GB");
                }
                out.write(buffer, 0, read);
                read = zip.read(buffer);
            }
        }
    }

    private static Refused refused(String hint) {
        return new Refused(Reason.ARCHIVE, hint);
    }
}
