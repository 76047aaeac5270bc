package isthmus.source;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Layout;
import isthmus.model.Piece;
import isthmus.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds one record in the whole that was kept: a file, a message, a page of rows. */
final class Wholes {
    private static final OffsetDateTime ANY = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private Wholes() {}

    static List<byte[]> cut(LegacySystem system, Pull pull, byte[] whole, String name, long ordinal, String keyHash) {
        if (system.transport().equals("soap")) {
            List<Piece> pieces =
                    SoapPage.read(new Extraction(system, pull, 0, ANY), whole).pieces();
            return 0 < ordinal && ordinal <= pieces.size()
                    ? List.of(pieces.get((int) ordinal - 1).bytes().get())
                    : List.of();
        }
        if (!system.isOfFiles()) {
            return rows(pull, whole, keyHash);
        }
        try {
            Path work = Files.createTempDirectory("isthmus-kept");
            try {
                return record(system, pull, Files.write(work.resolve("kept"), whole), name, ordinal);
            } finally {
                delete(work);
            }
        } catch (IOException fault) {
            throw new SourceAway("cannot unpack the kept file", fault);
        }
    }

    private static List<byte[]> record(LegacySystem system, Pull pull, Path kept, String name, long ordinal)
            throws IOException {
        try {
            String member = Archives.member(name, pull.settings().getOrDefault("member", ""));
            Path text =
                    member == null ? kept : Archives.unpack(kept, name, member).file();
            Format format = Format.of(system, pull);
            Format.Sound sound = format.check(text);
            try (Records records = format.read(text, sound, name, ordinal - 1)) {
                return records.advance() && records.ordinal() == ordinal
                        ? List.of(records.piece(new Slices()).bytes().get())
                        : List.of();
            }
        } catch (Refused otherContract) {
            return List.of();
        }
    }

    private static List<byte[]> rows(Pull pull, byte[] page, String keyHash) {
        Layout layout = pull.layout();
        int[] key = pull.key().stream().mapToInt(layout::indexOf).toArray();
        MessageDigest md5 = md5();
        return new String(page, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .filter(row -> {
                    Piece piece = KeptPieces.row(layout, row, 0, "");
                    String text = Arrays.stream(key)
                            .mapToObj(column -> column < piece.values().length ? piece.values()[column] : null)
                            .map(part -> part == null ? "" : Text.trim(part))
                            .collect(Collectors.joining("/"));
                    byte[] hash = md5.digest(text.getBytes(StandardCharsets.UTF_8));
                    return HexFormat.of().formatHex(hash).equals(keyHash);
                })
                .toList();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has MD5", absent);
        }
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
