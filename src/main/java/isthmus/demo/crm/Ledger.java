package isthmus.demo.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows of one JSON-lines file in the order (change time, number); a row stays bytes until it is asked for. */
final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a row stands: its change time, written with a T, and its number; empty when the row has none. */
    record Key(String changeTime, String number) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::changeTime).thenComparing(Key::number);

        static Key at(String changeTime) {
            return new Key(changeTime.strip().replace(' ', 'T'), "");
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Row(Key key, byte[] line) {}

    private final List<Row> rows;

    private Ledger(List<Row> rows) {
        this.rows = rows;
    }

    static Ledger read(Path file, String numberField) throws IOException {
        var rows = new ArrayList<Row>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = JSON.readTree(line);
                Key key = new Key(
                        Key.at(row.path("changeTime").asText("")).changeTime(),
                        row.path(numberField).asText(""));
                rows.add(new Row(key, line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        rows.sort(Comparator.comparing(Row::key));
        return new Ledger(List.copyOf(rows));
    }

    int size() {
        return rows.size();
    }

    Key key(int index) {
        return rows.get(index).key();
    }

    JsonNode row(int index) {
        try {
            return JSON.readTree(rows.get(index).line());
        } catch (IOException e) {
            throw new IllegalStateException("was read before", e);
        }
    }

    /** The first row at or after the key; the size when all rows stand before it. */
    int from(Key key) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).key().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
