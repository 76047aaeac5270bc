package isthmus.source;

import isthmus.catalog.Column;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** A pull of files as a test declares it, and its reader. */
@NullUnmarked
final class Trial {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, List<Column>> children = new LinkedHashMap<>();
    private ZoneId zone = ZoneId.of("Europe/Berlin");
    private Charset charset = StandardCharsets.UTF_8;

    Trial(String format) {
        settings.put("format", format);
    }

    Trial with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Columns of the record, each {@code NAME} or {@code NAME at PLACE}, or {@code NAME date at PLACE}. */
    Trial columns(String... declared) {
        columns.addAll(read(declared));
        return this;
    }

    Trial child(String name, String... declared) {
        children.put(name, read(declared));
        return this;
    }

    Trial zone(String name) {
        zone = ZoneId.of(name);
        return this;
    }

    Trial charset(String name) {
        charset = Charset.forName(name);
        return this;
    }

    private static List<Column> read(String... declared) {
        List<Column> columns = new ArrayList<>();
        for (String text : declared) {
            String[] words = text.split(" ");
            String type = words.length > 1 && !words[1].equals("at") ? words[1] : "text";
            columns.add(new Column(words[0], type, 0, false, words.length > 2 ? words[words.length - 1] : words[0]));
        }
        return columns;
    }

    Pull pull() {
        return new Pull("day", List.of("meter"), List.of(columns.get(0).name()), null, columns, children, settings);
    }

    Format format() {
        Pull pull = pull();
        LegacySystem system = new LegacySystem(
                "tiny", Path.of("."), "file", zone, charset, Duration.ZERO, Map.of(), List.of(pull), List.of());
        return Format.of(system, pull);
    }

    /** What the whole file says of itself, or why it is refused. */
    Reason refusal(byte[] file) {
        try {
            format().check(written(file));
            return null;
        } catch (Refused refused) {
            return refused.reason();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    Reason refusal(String file) {
        return refusal(file.getBytes(charset));
    }

    Format.Sound sound(String file) throws Exception {
        return format().check(written(file.getBytes(charset)));
    }

    List<Piece> read(String file) throws Exception {
        return read(file.getBytes(charset), 0);
    }

    /** The pieces behind the {@code done}th of a file that is sound. */
    List<Piece> read(byte[] file, long done) throws Exception {
        Path path = written(file);
        Format format = format();
        Format.Sound sound = format.check(path);
        List<Piece> pieces = new ArrayList<>();
        try (Records records = format.read(path, sound, "f", done)) {
            while (records.advance()) {
                pieces.add(records.piece(new Slices()));
            }
        }
        return pieces;
    }

    private static Path written(byte[] file) throws IOException {
        Path path = Files.createTempFile("isthmus-trial", ".file");
        path.toFile().deleteOnExit();
        return Files.write(path, file);
    }

    String value(Piece piece, String column) {
        return piece.values()[pull().layout().indexOf(column)];
    }

    /** The cells of a child column, in order. */
    List<String> cells(Piece piece, String child, String column) {
        int table = pull().layout().childIndexOf(child);
        int at = pull().layout().child(child).indexOf(column);
        return piece.children().get(table).stream().map(row -> row[at]).toList();
    }

    /** Says a piece in one line, so that two can be compared. */
    static String say(Piece piece) {
        StringBuilder said = new StringBuilder(java.util.Arrays.toString(piece.values()));
        piece.children().forEach(rows -> rows.forEach(row -> said.append(java.util.Arrays.toString(row))));
        return said + " " + (piece.refusal() == null ? "" : piece.refusal().reason());
    }
}
