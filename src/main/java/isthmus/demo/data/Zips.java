package isthmus.demo.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Archives with one member, and the archives that nobody should unpack. */
final class Zips {
    private static final int BOMB = 64 << 20;
    private static final LocalDateTime PACKED = LocalDateTime.of(2026, 11, 22, 0, 30);

    private Zips() {}

    static byte[] zip(String member, byte[] content) throws IOException {
        return pack(member, content, null);
    }

    static byte[] hostile(Fault fault, String member, byte[] content) throws IOException {
        return switch (fault) {
            case M_ZIP_BOMB -> bomb(member);
            case M_ZIP_SLIP -> zip("../" + member, content);
            case M_ZIP_NESTED -> zip(member + ".zip", zip(member, content));
            case M_ZIP_MANY -> pack(member, content, "second.csv");
            case M_ZIP_ENCRYPTED -> encrypted(zip(member, content));
            case M_ZIP_BROKEN -> {
                byte[] whole = zip(member, content);
                yield Arrays.copyOf(whole, whole.length * 3 / 5);
            }
            default -> throw new IllegalStateException(fault + " is not a fault of an archive");
        };
    }

    private static byte[] pack(String member, byte[] content, @Nullable String second) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            put(zip, member, content);
            if (second != null) {
                put(zip, second, content);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String member, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(member);
        entry.setTimeLocal(PACKED);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] bomb(String member) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(member);
            entry.setTimeLocal(PACKED);
            zip.putNextEntry(entry);
            byte[] zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) '0');
            for (int written = 0; written < BOMB; written += zeros.length) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** Sets bit 0 of the general purpose flag in the local header and in the central directory. */
    private static byte[] encrypted(byte[] zip) {
        for (int i = 0; i + 10 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K') {
                if (zip[i + 2] == 3 && zip[i + 3] == 4) {
                    zip[i + 6] |= 1;
                } else if (zip[i + 2] == 1 && zip[i + 3] == 2) {
                    zip[i + 8] |= 1;
                }
            }
        }
        return zip;
    }
}
