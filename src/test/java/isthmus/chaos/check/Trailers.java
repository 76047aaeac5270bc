package isthmus.chaos.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipInputStream;

/** The files that the hub put away as done: whole, agreeing with their own trailers, and stored once from end to end. */
final class Trailers {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int P_TOTAL = 6;
    private static final int READ_FIELDS = 10;
    private static final int CURVE_FIELDS = 104;

    private Trailers() {}

    static void check(Ground ground, Verdict verdict) throws SQLException {
        verdict.count("files", 0L);
        // A file whose content was taken under two names has chunks for each; a replay of the input takes all lines
        // again.
        ground.each("""
                select a.name, a.sha256, a.archived_as, a.lines_done, coalesce(sum(c.pieces), 0) from arrival a
                left join chunk c on c.system = a.system and c.object = a.name and c.hash = 'sha256:' || a.sha256
                where a.state = 'done' group by 1, 2, 3, 4""", row -> {
            verdict.add("files");
            try {
                Path file = ground.data().resolve("sftp" + row.getString(3));
                check(verdict, row.getString(1), row.getString(2), file, row.getLong(4), row.getLong(5));
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        });
        long half = ground.number("select count(*) from arrival where state = 'claimed' and lines_done > 0");
        verdict.require(half == 0, "%d files are taken in part and neither done nor refused", half);
    }

    private static void check(Verdict verdict, String name, String sha256, Path file, long linesDone, long pieces)
            throws IOException {
        if (!Files.exists(file)) {
            verdict.breach("%s is done and not in the archive", name);
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        verdict.require(
                HexFormat.of().formatHex(Event.sha256(bytes)).equals(sha256), "%s has changed in the archive", name);
        List<String> lines = new String(name.endsWith(".zip") ? unpacked(bytes) : bytes, GB18030)
                .lines()
                .toList();
        String last = lines.get(lines.size() - 1);
        if (!last.matches("T,[0-9]+,-?[0-9]+(\\.[0-9]+)?")) {
            verdict.breach("%s ends with no trailer", name);
            return;
        }
        String[] trailer = last.split(",", -1);
        long count = Long.parseLong(trailer[1]);
        verdict.require(
                count == lines.size() - 2, "%s holds %d lines, its trailer says %d", name, lines.size() - 2, count);
        BigDecimal sum =
                lines.stream().map(line -> control(name, line.split(",", -1))).reduce(BigDecimal.ZERO, BigDecimal::add);
        verdict.require(sum.compareTo(new BigDecimal(trailer[2])) == 0, "%s sums to %s, not %s", name, sum, trailer[2]);
        verdict.require(
                count == 0 || linesDone == lines.size(), "%s has %d lines, %d are done", name, lines.size(), linesDone);
        boolean isWhole = count == 0 ? pieces == 0 : pieces > 0 && pieces % count == 0;
        verdict.require(isWhole, "%s has %d lines, its chunks hold %d", name, count, pieces);
    }

    /** Damaged lines carry nought in their control column. */
    private static BigDecimal control(String name, String[] fields) {
        boolean isCurve = name.startsWith("CURVE") && fields.length == CURVE_FIELDS;
        boolean isReading = name.startsWith("READ") && fields.length == READ_FIELDS;
        String text = isCurve ? fields[CURVE_FIELDS - 1] : isReading ? fields[P_TOTAL] : "0";
        return fields[0].equals("D") && text.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(text) : BigDecimal.ZERO;
    }

    private static byte[] unpacked(byte[] archive) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            zip.getNextEntry();
            return zip.readAllBytes();
        }
    }
}
