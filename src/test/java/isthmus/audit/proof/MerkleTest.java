package isthmus.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree against RFC 6962: the roots that Certificate Transparency tests with, and section 2.1 word for word. */
class MerkleTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final List<byte[]> KNOWN = List.of(
            HEX.parseHex(""),
            HEX.parseHex("00"),
            HEX.parseHex("10"),
            HEX.parseHex("2021"),
            HEX.parseHex("3031"),
            HEX.parseHex("40414243"),
            HEX.parseHex("5051525354555657"),
            HEX.parseHex("606162636465666768696a6b6c6d6e6f"));

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void theRootIsThatOfCertificateTransparency(int size, String root) {
        List<byte[]> entries = KNOWN.subList(0, size);

        assertThat(HEX.formatHex(naive(entries))).isEqualTo(root);
        assertThat(HEX.formatHex(peaks(entries).root())).isEqualTo(root);
        assertThat(HEX.formatHex(Merkle.root(size, nodes(entries)))).isEqualTo(root);
    }

    @Test
    void theProofFromSixToEightIsThatOfCertificateTransparency() {
        assertThat(Merkle.consistency(6, 8, nodes(KNOWN)))
                .extracting(HEX::formatHex)
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    void everyProofOfEverySmallTreeHoldsAndNoOtherDoes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<byte[]> entries = entries(random, 40);

        for (int size = 1; size <= entries.size(); size++) {
            byte[] root = naive(entries.subList(0, size));
            Merkle.Nodes nodes = nodes(entries.subList(0, size));
            for (int place = 0; place < size; place++) {
                byte[] leaf = Merkle.leaf(entries.get(place));
                List<byte[]> path = Merkle.inclusion(place, size, nodes);
                assertThat(Merkle.includes(leaf, place, size, path, root)).isTrue();
                assertThat(Merkle.includes(leaf, (place + 1) % size, size, path, root))
                        .isEqualTo(size == 1);
                assertThat(Merkle.includes(flipped(random, leaf), place, size, path, root))
                        .isFalse();
                assertThat(Merkle.includes(leaf, place, size, longer(path), root))
                        .isFalse();
            }
            for (int small = 0; small <= size; small++) {
                byte[] earlier = naive(entries.subList(0, small));
                List<byte[]> proof = Merkle.consistency(small, size, nodes);
                assertThat(Merkle.grew(small, size, earlier, root, proof)).isTrue();
                assertThat(Merkle.grew(small, size, flipped(random, earlier), root, proof))
                        .isFalse();
                if (small > 0) {
                    assertThat(Merkle.grew(small, size, earlier, flipped(random, root), proof))
                            .isFalse();
                }
                assertThat(Merkle.grew(small, size, earlier, root, longer(proof)))
                        .isFalse();
            }
        }
    }

    @Test
    void aLargeTreeProvesWhatASmallOneDoes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<byte[]> entries = entries(random, 3_000);
        Merkle.Nodes nodes = nodes(entries);
        byte[] root = peaks(entries).root();

        for (int i = 0; i < 100; i++) {
            int small = random.nextInt(1, entries.size());
            byte[] earlier = naive(entries.subList(0, small));
            List<byte[]> proof = Merkle.consistency(small, entries.size(), nodes);
            assertThat(Merkle.grew(small, entries.size(), earlier, root, proof)).isTrue();
            if (!proof.isEmpty()) {
                List<byte[]> other = new ArrayList<>(proof);
                int at = random.nextInt(other.size());
                other.set(at, flipped(random, other.get(at)));
                assertThat(Merkle.grew(small, entries.size(), earlier, root, other))
                        .isFalse();
            }
            List<byte[]> path = Merkle.inclusion(small, entries.size(), nodes);
            assertThat(Merkle.includes(Merkle.leaf(entries.get(small)), small, entries.size(), path, root))
                    .isTrue();
        }
    }

    @Test
    void thePeaksAreAllThatATreeMustKeepToGrow() {
        Random random = new Random(7);
        List<byte[]> entries = entries(random, 300);
        Peaks kept = Peaks.of(0, new byte[0]);
        for (byte[] entry : entries) {
            kept = Peaks.of(kept.size(), kept.bytes());
            kept.add(Merkle.leaf(entry), Peaks.Completed.NONE);
        }

        assertThat(kept.root()).isEqualTo(naive(entries));
        assertThatThrownBy(() -> Peaks.of(3, new byte[32])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotInATreeHasNoProof() {
        assertThatThrownBy(() -> Merkle.inclusion(8, 8, nodes(KNOWN))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Merkle.consistency(9, 8, nodes(KNOWN))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Merkle.includes(new byte[32], 8, 8, List.of(), new byte[32])).isFalse();
        assertThat(Merkle.grew(9, 8, new byte[32], new byte[32], List.of())).isFalse();
        assertThat(Merkle.grew(3, 8, new byte[32], new byte[32], List.of())).isFalse();
    }

    /** Section 2.1, word for word. */
    private static byte[] naive(List<byte[]> entries) {
        int size = entries.size();
        if (size == 0) {
            return sha256(new byte[0]);
        }
        if (size == 1) {
            return sha256(joined(new byte[] {0}, entries.get(0)));
        }
        int k = 1;
        while (2 * k < size) {
            k *= 2;
        }
        return sha256(joined(new byte[] {1}, naive(entries.subList(0, k)), naive(entries.subList(k, size))));
    }

    private static Merkle.Nodes nodes(List<byte[]> entries) {
        return (level, place) -> naive(entries.subList((int) (place << level), (int) ((place + 1) << level)));
    }

    private static Peaks peaks(List<byte[]> entries) {
        Peaks peaks = Peaks.of(0, new byte[0]);
        entries.forEach(entry -> peaks.add(Merkle.leaf(entry), Peaks.Completed.NONE));
        return peaks;
    }

    /** No two are the same: the proof of one would hold for the other. */
    private static List<byte[]> entries(Random random, int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[2 + random.nextInt(50)];
            random.nextBytes(entry);
            entry[0] = (byte) i;
            entry[1] = (byte) (i >> 8);
            entries.add(entry);
        }
        return entries;
    }

    private static List<byte[]> longer(List<byte[]> proof) {
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(new byte[32]);
        return longer;
    }

    private static byte[] flipped(Random random, byte[] bytes) {
        byte[] other = bytes.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
