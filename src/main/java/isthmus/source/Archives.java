package isthmus.source;

import isthmus.model.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks an archive that holds exactly the one file that is expected in it, and nothing that hurts. */
final class Archives {
    private static final int MAX_RATIO = 100;
    private static final long MAX_BYTES = 2L << 30;
    private static final String GZ = ".gz";
    private static final String ZIP = ".zip";

    private Archives() {}

    /** What was unpacked, and under which name it lay in the archive; null when there was no archive. */
    record Unpacked(Path file, @Nullable String member) {}

    /**
     * The pattern of the name that the archive's file must have, or null when the name is not that of an archive.
     *
     * @param declared the pull's pattern; when it is empty, {@code x.csv.zip} and {@code x.csv.gz} hold {@code x.csv}
     */
    static @Nullable String member(String name, String declared) {
        String ending = name.toLowerCase(Locale.ROOT);
        if (!ending.endsWith(ZIP) && !ending.endsWith(GZ)) {
            return null;
        }
        return declared.isEmpty() ? Pattern.quote(name.substring(0, name.lastIndexOf('.'))) : declared;
    }

    /** Unpacks an archive beside itself. */
    static Unpacked unpack(Path archive, String name, String member) throws Refused, IOException {
        Path target = archive.resolveSibling("unpacked-" + name);
        long limit = Math.min(MAX_BYTES, Files.size(archive) * MAX_RATIO);
        if (name.toLowerCase(Locale.ROOT).endsWith(GZ)) {
            gunzip(archive, target, limit);
            return new Unpacked(target, name.substring(0, name.length() - GZ.length()));
        }
        return new Unpacked(target, unzip(archive, target, member, limit));
    }

    // The JDK reads members end to end, checks each one's CRC and length, and throws away what it cannot read behind
    // them.
    private static void gunzip(Path archive, Path target, long limit) throws Refused, IOException {
        try (InputStream raw = Files.newInputStream(archive);
                Untrailed in = new Untrailed(raw)) {
            copy(in, target, limit);
            if (in.hasRest() || raw.read() >= 0) {
                throw refused("something follows the compressed data");
            }
        } catch (ZipException | EOFException fault) {
            throw refused("the archive is damaged or cut off");
        }
    }

    private static String unzip(Path archive, Path target, String member, long limit) throws Refused, IOException {
        String found;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw refused("the archive holds nothing, or is damaged");
            }
            found = entry.getName();
            if (!Names.isPlain(found) || !Pattern.matches(member, found)) {
                throw refused("the archive's file does not have the expected name");
            }
            copy(zip, target, limit);
            if (zip.getNextEntry() != null) {
                throw refused("the archive holds more than one file");
            }
        } catch (ZipException | EOFException | IllegalArgumentException fault) {
            throw refused("the archive is damaged or encrypted");
        }
        // The directory at the end must say the same as the entries: a cut or doctored archive does not.
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() != 1 || zip.getEntry(found) == null) {
                throw refused("the archive's directory names other files");
            }
        } catch (ZipException fault) {
            throw refused("the archive's directory is damaged");
        }
        return found;
    }

    private static void copy(InputStream packed, Path target, long limit) throws Refused, IOException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            int read = packed.read(buffer);
            if (read > 3 && isArchive(buffer)) {
                throw refused("an archive inside the archive");
            }
            while (read >= 0) {
                written += read;
                if (written > limit) {
                    throw refused("the archive unpacks to more than " + MAX_RATIO + " times its size, or 2 GB");
                }
                out.write(buffer, 0, read);
                read = packed.read(buffer);
            }
        }
    }

    private static boolean isArchive(byte[] head) {
        boolean isZip = head[0] == 'P' && head[1] == 'K' && head[2] < 8 && head[3] < 9;
        return isZip || head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    private static Refused refused(String hint) {
        return new Refused(Reason.ARCHIVE, hint);
    }

    /** One gzip member that tells what it left unread. */
    private static final class Untrailed extends GZIPInputStream {
        private static final int TRAILER = 8;

        Untrailed(InputStream in) throws IOException {
            super(in, 1 << 16);
        }

        boolean hasRest() {
            return inf.getRemaining() > TRAILER;
        }
    }
}
