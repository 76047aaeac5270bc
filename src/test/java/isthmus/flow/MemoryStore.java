package isthmus.flow;

import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.model.Chunk;
import isthmus.model.Normalized;
import isthmus.model.Piece;
import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.source.Arrivals;
import isthmus.source.Positions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;

/** Keeps what arrives at the intake in memory, with the promises of the real store: a chunk and its position, or neither. */
@NullUnmarked
final class MemoryStore implements Storing, Positions, Arrivals {
    final List<Chunk> chunks = new ArrayList<>();
    final Map<String, Position> positions = new HashMap<>();
    final Map<String, Row> arrivals = new HashMap<>();
    Consumer<Chunk> beforeCommit = chunk -> {};

    static final class Row {
        State state = State.CLAIMED;
        long linesDone;
        String note = "";
    }

    @Override
    public void commit(Normalized normalized) {
        Chunk chunk = normalized.chunk();
        beforeCommit.accept(chunk);
        chunks.add(chunk);
        Position after = chunk.after();
        if (after == null) {
            return;
        }
        try {
            var value = new ObjectMapper().readTree(after.value());
            if (value.has("file")) {
                String key = key(
                        chunk.system(),
                        value.get("file").asText(),
                        value.get("sha256").asText());
                arrivals.get(key).linesDone = value.get("line").asLong();
            } else {
                positions.put(chunk.system() + "." + chunk.pull(), after);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public Optional<Position> last(String system, String pull) {
        return Optional.ofNullable(positions.get(system + "." + pull));
    }

    @Override
    public Claim claim(Arrival file, long run) {
        Row row = arrivals.computeIfAbsent(key(file.system(), file.name(), file.sha256()), key -> new Row());
        return new Claim(row.state, row.linesDone);
    }

    @Override
    public void finished(Arrival file, long run, String archivedAs) {
        close(file, State.DONE, archivedAs);
    }

    @Override
    public void refused(Arrival file, long run, Reason reason, String movedTo) {
        close(file, State.REFUSED, reason.code());
    }

    private void close(Arrival file, State state, String note) {
        Row row = arrivals.get(key(file.system(), file.name(), file.sha256()));
        row.state = state;
        row.note = note;
    }

    private static String key(String system, String name, String sha256) {
        return system + "/" + name + "/" + sha256;
    }

    List<Piece> pieces() {
        return chunks.stream().flatMap(chunk -> chunk.pieces().stream()).toList();
    }

    List<String> locators() {
        return pieces().stream().map(Piece::locator).toList();
    }

    /** {@code locator REASON} of every refused piece. */
    List<String> refusals() {
        return pieces().stream()
                .filter(piece -> piece.refusal() != null)
                .map(piece -> piece.locator() + " " + piece.refusal().reason().code())
                .toList();
    }

    String value(Piece piece, String column) {
        return piece.values()[chunks.get(0).layout().indexOf(column)];
    }
}
