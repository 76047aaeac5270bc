package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F9 and F10: no room on the store's disk, none on the hub's own; when there is room again, everything goes on. */
@Tag("chaos")
class DiskFullTest {

    @Test
    void aStoreWithoutRoomIsNamedAndGoesOnWhenThereIsRoomAgain() throws Exception {
        Random random = Seeds.of("F9");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server store = stage.server("postgres");
            store.kill();
            Path disk = stage.data().resolve("postgres");
            Path wal = stage.data().resolve("postgres-wal");
            // The log of transactions stays on the other disk: without room for it PostgreSQL itself stops (PANIC).
            run("mv", disk.resolve("pg_wal").toString(), wal.toString());
            Files.createSymbolicLink(disk.resolve("pg_wal"), wal);
            Path copy = stage.data().resolve("postgres-copy");
            run("mv", disk.toString(), copy.toString());
            try (SmallDisk small = SmallDisk.mount(disk, "160m")) {
                run("cp", "-a", copy + "/.", disk.toString());
                run("chmod", "700", disk.toString());
                store.startAgain();
                stage.awaitStore();
                HubProcess hub = stage.hub().awaitUp();
                small.fillBut(64 * 1024);
                JsonNode trouble = hub.awaitTrouble("store", "No space left on device");
                System.out.println("F9: health says " + trouble);
                assertThat(hub.isAlive()).isTrue();

                small.free();
                stage.awaitWhole();
                stage.tide();
                stage.awaitWhole();
                hub.awaitStatus("UP");
                stage.check("the store's disk was full", hub);
                System.out.println("F9: the log says\n" + hub.sample("WARN|ERROR"));
                Seeds.tell("F9", 1, "the store's disk full");
                hub.end();
                store.close();
            }
        }
    }

    @Test
    void aHubWithoutRoomForFilesAndLogsTakesNoFileInPart() throws Exception {
        Random random = Seeds.of("F10");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Path disk = Files.createDirectories(stage.root().resolve("small"));
            try (SmallDisk small = SmallDisk.mount(disk, "32m")) {
                Path log = disk.resolve("hub.log");
                HubProcess hub = stage.hub(Map.of(), null, log, disk);
                hub.awaitUp();
                small.fillBut(0);
                JsonNode trouble = hub.awaitTrouble("store", "No space left on device");
                System.out.println("F10: health says " + trouble);
                Awaitility.await("the other systems go on")
                        .atMost(120, TimeUnit.SECONDS)
                        .until(() -> stage.number(
                                        "select count(distinct system) from run where state = 'green' and system <> 'metering'")
                                == 2);
                assertThat(hub.isAlive()).isTrue();

                small.free();
                stage.awaitWhole();
                stage.tide();
                stage.awaitWhole();
                hub.awaitStatus("UP");
                stage.check("the hub's disk was full", hub);
                Seeds.tell("F10", 1, "the hub's temporary folder and log full");
                hub.end();
            }
        }
    }

    /** A file system in memory, of a given size; needs root. */
    private record SmallDisk(Path mount) implements AutoCloseable {
        static SmallDisk mount(Path where, String size) throws IOException, InterruptedException {
            Files.createDirectories(where);
            Process mount =
                    new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", where.toString()).start();
            boolean isAllowed = mount.waitFor() == 0;
            assumeTrue(isAllowed, "skipped: a small disk can only be mounted by root");
            return new SmallDisk(where);
        }

        void fillBut(long left) throws IOException {
            long space = Files.getFileStore(mount).getUsableSpace() - left;
            byte[] block = new byte[4_096];
            try (var ballast = Files.newOutputStream(mount.resolve("ballast"))) {
                for (long written = 0; written < space; written += block.length) {
                    ballast.write(block);
                }
            }
        }

        void free() throws IOException {
            Files.delete(mount.resolve("ballast"));
        }

        @Override
        public void close() throws IOException {
            run("umount", "-l", mount.toString());
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
