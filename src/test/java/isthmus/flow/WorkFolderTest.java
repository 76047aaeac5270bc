package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    Path temporary;

    @Test
    void deletesWhatAKilledHubLeftAndNothingElse() throws IOException, InterruptedException {
        // given folders of a process that has ended, of an earlier one with our number, of ours, and of strangers
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        long ours = ProcessHandle.current().pid();
        Path killed = filled("isthmus-work-" + ended.pid() + "-1");
        Path earlier = filled("isthmus-work-" + ours + "-0");
        Files.setLastModifiedTime(earlier, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        Path living = filled("isthmus-work-" + ours + "-1");
        Path stranger = filled("somebody-else");

        WorkFolder.sweep(temporary);

        assertThat(killed).doesNotExist();
        assertThat(earlier).doesNotExist();
        assertThat(living).isNotEmptyDirectory();
        assertThat(stranger).isNotEmptyDirectory();
    }

    private Path filled(String name) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        Files.writeString(folder.resolve("curve.csv"), "D,4100001000007");
        return folder;
    }
}
