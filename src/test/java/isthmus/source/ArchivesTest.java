package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files compressed with gzip; zip archives are tried with the whole of a pull. */
@NullUnmarked
class ArchivesTest {
    @TempDir
    Path folder;

    private static byte[] gzip(byte[] data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(data);
        }
        return out.toByteArray();
    }

    private static byte[] noise() {
        byte[] noise = new byte[20_000];
        new java.util.Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private Archives.Unpacked unpack(byte[] archive) throws Exception {
        Path file = Files.write(folder.resolve("day.csv.gz"), archive);
        return Archives.unpack(file, "day.csv.gz", Archives.member("day.csv.gz", ""));
    }

    @Test
    void unpacksOneFileUnderItsName() throws Exception {
        Archives.Unpacked unpacked = unpack(gzip("1\n2\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(unpacked.file()).hasContent("1\n2\n");
        assertThat(unpacked.member()).isEqualTo("day.csv");
        assertThat(Archives.member("day.csv", "")).isNull();
    }

    @Test
    void refusesWhatIsCutOffOrFollowedOrNestedOrTooDense() throws Exception {
        byte[] sound = gzip(noise());

        for (int cut : new int[] {5, sound.length / 2, sound.length - 1}) {
            assertThatThrownBy(() -> unpack(Arrays.copyOf(sound, cut))).hasMessageContaining("damaged or cut off");
        }
        byte[] rest = "trailing data of any kind".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> unpack(joined(sound, rest))).hasMessageContaining("something follows");
        assertThatThrownBy(() -> unpack(gzip(sound))).hasMessageContaining("an archive inside");
        assertThatThrownBy(() -> unpack(gzip(new byte[50 << 20]))).hasMessageContaining("100 times its size");
        assertThatThrownBy(() -> unpack("no gzip".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("damaged");
    }
}
