package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.catalog.Column;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class InboxTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-02T04:00:00Z"), ZONE);

    @TempDir
    Path root;

    private final List<String> ledger = new ArrayList<>();
    private Extraction extraction;

    @BeforeEach
    void setUp() throws Exception {
        Files.createDirectories(root.resolve("in"));
        Pull pull = new Pull(
                "day",
                List.of("meter"),
                List.of("NO"),
                null,
                List.of(new Column("NO", "text", 0, false)),
                Map.of(),
                Map.of(
                        "directory", "/in",
                        "archive", "/archive",
                        "refused", "/refused",
                        "pattern", "^day\\.csv$",
                        "done", ".done"));
        LegacySystem system = new LegacySystem(
                "tiny", root, "file", ZONE, StandardCharsets.UTF_8, Duration.ZERO, Map.of(), List.of(pull), List.of());
        extraction = new Extraction(system, pull, 1, OffsetDateTime.now(NOON));
        Files.writeString(root.resolve("in/day.csv"), "1\n2\n");
        Files.createFile(root.resolve("in/day.csv.done"));
    }

    private Inbox inbox(Folder folder) {
        return new Inbox(extraction, folder, new Noted(), root.resolve("work"), NOON);
    }

    @Test
    void putsNothingOverAnotherFile() throws Exception {
        try (Inbox inbox = inbox(new LocalFolder(root))) {
            FileArrival file = inbox.arrived().get(0);
            file.chunks().forEachRemaining(chunk -> ledger.add("chunk of " + chunk.read()));
            String sha256 = Digests.sha256(Files.readAllBytes(root.resolve("in/day.csv")));
            Path taken = root.resolve("archive/20261102120000000-" + sha256.substring(0, 12) + "-day.csv");
            Files.createDirectories(root.resolve("archive"));
            Files.writeString(taken, "an older file");

            assertThatThrownBy(file::archive).isInstanceOf(SourceAway.class);

            assertThat(taken).hasContent("an older file");
            assertThat(root.resolve("in/day.csv")).exists();
            assertThat(root.resolve("in/day.csv.done")).exists();
            assertThat(ledger).containsExactly("claimed", "chunk of 2", "finished");
        }
        assertThat(root.resolve("work")).doesNotExist();
    }

    @Test
    void doesNotBelieveATransferThatEndsEarly() {
        Folder cut = new Cut(new LocalFolder(root));
        try (Inbox inbox = inbox(cut)) {
            FileArrival file = inbox.arrived().get(0);

            assertThatThrownBy(file::chunks).isInstanceOf(SourceAway.class).hasMessageContaining("with 2 of 4 bytes");
            assertThat(ledger).isEmpty();
        }
    }

    @Test
    void archivesWithoutChunksWhatWasStoredBeforeACrash() {
        try (Inbox inbox = inbox(new LocalFolder(root))) {
            ledger.add("lines 2");
            FileArrival file = inbox.arrived().get(0);

            assertThat(file.chunks()).isExhausted();
            file.archive();
        }
        assertThat(root.resolve("in")).isEmptyDirectory();
        assertThat(ledger).containsExactly("lines 2", "claimed", "finished");
    }

    @Test
    void putsAwayWithoutChunksWhatWasClosedBeforeACrash() {
        try (Inbox inbox = inbox(new LocalFolder(root))) {
            ledger.add("finished");
            FileArrival file = inbox.arrived().get(0);

            assertThat(file.chunks()).isExhausted();
            file.archive();
        }
        assertThat(root.resolve("in")).isEmptyDirectory();
        assertThat(root.resolve("archive")).isNotEmptyDirectory();
    }

    @Test
    void closesTheLedgerBeforeItMovesTheFile() {
        Folder stopped = new Stopped(new LocalFolder(root));
        try (Inbox inbox = inbox(stopped)) {
            FileArrival file = inbox.arrived().get(0);
            file.chunks().forEachRemaining(chunk -> ledger.add("chunk of " + chunk.read()));

            assertThatThrownBy(file::archive).isInstanceOf(SourceAway.class).hasMessageContaining("stopped");

            assertThat(ledger).containsExactly("claimed", "chunk of 2", "finished");
            assertThat(root.resolve("in/day.csv")).exists();
        }
    }

    /** A hub that is stopped when it comes to moving a file. */
    private record Stopped(Folder folder) implements Folder {
        @Override
        public List<Entry> list(String directory) {
            return folder.list(directory);
        }

        @Override
        public boolean exists(String path) {
            return folder.exists(path);
        }

        @Override
        public Path fetch(String directory, String name, Path into) {
            return folder.fetch(directory, name, into);
        }

        @Override
        public void rename(String from, String to) {
            throw new SourceAway("stopped", null);
        }

        @Override
        public void delete(String path) {
            folder.delete(path);
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    /** Ends every transfer half way, without an error. */
    private record Cut(Folder folder) implements Folder {
        @Override
        public List<Entry> list(String directory) {
            return folder.list(directory);
        }

        @Override
        public boolean exists(String path) {
            return folder.exists(path);
        }

        @Override
        public Path fetch(String directory, String name, Path into) {
            try {
                Path local = folder.fetch(directory, name, into);
                return Files.write(local, java.util.Arrays.copyOf(Files.readAllBytes(local), 2));
            } catch (java.io.IOException fault) {
                throw new java.io.UncheckedIOException(fault);
            }
        }

        @Override
        public void rename(String from, String to) {
            folder.rename(from, to);
        }

        @Override
        public void delete(String path) {
            folder.delete(path);
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    private final class Noted implements Arrivals {
        @Override
        public Claim claim(Arrival file, long run) {
            long done = ledger.contains("lines 2") ? 2 : 0;
            State state = ledger.contains("finished") ? State.DONE : State.CLAIMED;
            ledger.add("claimed");
            return new Claim(state, done);
        }

        @Override
        public void finished(Arrival file, long run, String archivedAs) {
            ledger.add("finished");
        }

        @Override
        public void refused(Arrival file, long run, Reason reason, String movedTo) {
            ledger.add("refused");
        }
    }
}
