package isthmus.source;

import isthmus.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Looks through a workbook, which is an archive of XML, before any of it is parsed. */
final class WorkbookGuard {
    private static final int MOST_PARTS = 2_000;
    private static final int MAX_RATIO = 100;
    private static final long MAX_BYTES = 2L << 30;
    /** The table of shared texts is held in memory as a whole. */
    private static final long MAX_TEXTS = 32L << 20;

    private static final int HEAD = 1 << 12;

    private WorkbookGuard() {}

    static void check(Path file) throws Refused, IOException {
        long left = Math.min(MAX_BYTES, Math.max(1 << 20, Files.size(file) * MAX_RATIO));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_PARTS) {
                throw refused("a workbook of more than " + MOST_PARTS + " parts");
            }
            for (ZipEntry part : Collections.list(zip.entries())) {
                long size = size(zip, part);
                left -= size;
                if (left < 0 || size > MAX_TEXTS && part.getName().endsWith("sharedStrings.xml")) {
                    throw refused("a workbook that unpacks to more than its limits");
                }
            }
        } catch (ZipException fault) {
            throw refused("no workbook, or a damaged or encrypted one");
        }
    }

    private static long size(ZipFile zip, ZipEntry part) throws Refused, IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream in = zip.getInputStream(part)) {
            int head = in.readNBytes(buffer, 0, HEAD);
            if (new String(buffer, 0, head, StandardCharsets.ISO_8859_1).contains("<!DOCTYPE")) {
                throw new Refused(Reason.XML, "a part of the workbook holds a DTD");
            }
            size = head;
            for (int read = in.read(buffer); read >= 0 && size <= MAX_BYTES; read = in.read(buffer)) {
                size += read;
            }
        }
        return size;
    }

    private static Refused refused(String hint) {
        return new Refused(Reason.ARCHIVE, hint);
    }
}
