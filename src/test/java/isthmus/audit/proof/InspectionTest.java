package isthmus.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.proof.Finding.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An exported log of a hundred entries with heads over 40, 80 and 100, and everything that somebody may do to it. */
class InspectionTest {
    private static final int ENTRIES = 100;
    private static final Instant BEGUN = Instant.parse("2026-11-30T08:00:00Z");
    private static final KeyPair KEY = pair();
    private static final KeyPair OTHER = pair();

    @TempDir
    Path place;

    /** A log in files: its lines, and the lines of its heads. */
    record Log(List<String> lines, List<String> heads) {
        Log with(UnaryOperator<List<String>> change) {
            return new Log(change.apply(new ArrayList<>(lines)), heads);
        }

        Log withHeads(UnaryOperator<List<String>> change) {
            return new Log(lines, change.apply(new ArrayList<>(heads)));
        }
    }

    static Stream<Arguments> alterations() {
        return Stream.of(
                alteration(
                        "a byte of a text flipped",
                        Kind.CHANGED,
                        57,
                        log -> log.with(lines -> {
                            lines.set(56, lines.get(56).replace("bill 57", "bill 47"));
                            return lines;
                        })),
                alteration(
                        "a byte of a hash flipped",
                        Kind.CHANGED,
                        57,
                        log -> log.with(lines -> {
                            String line = lines.get(56);
                            int at = line.length() - 10;
                            lines.set(
                                    56,
                                    line.substring(0, at)
                                            + (line.charAt(at) == '0' ? '1' : '0')
                                            + line.substring(at + 1));
                            return lines;
                        })),
                alteration(
                        "a brace gone",
                        Kind.UNREADABLE,
                        57,
                        log -> log.with(lines -> {
                            lines.set(56, lines.get(56).substring(1));
                            return lines;
                        })),
                alteration(
                        "one dropped",
                        Kind.MISSING,
                        57,
                        log -> log.with(lines -> {
                            lines.remove(56);
                            return lines;
                        })),
                alteration(
                        "the first dropped",
                        Kind.MISSING,
                        1,
                        log -> log.with(lines -> {
                            lines.remove(0);
                            return lines;
                        })),
                alteration(
                        "five dropped",
                        Kind.MISSING,
                        57,
                        log -> log.with(lines -> {
                            lines.subList(56, 61).clear();
                            return lines;
                        })),
                alteration("neighbours swapped", Kind.MISPLACED, 57, log -> log.with(lines -> swap(lines, 56, 57))),
                alteration("two far apart swapped", Kind.MISPLACED, 12, log -> log.with(lines -> swap(lines, 11, 89))),
                alteration(
                        "one said twice",
                        Kind.MISPLACED,
                        58,
                        log -> log.with(lines -> {
                            lines.add(57, lines.get(56));
                            return lines;
                        })),
                alteration("the tail cut", Kind.CUT, 91, log -> log.with(lines -> lines.subList(0, 90))),
                alteration("the last one cut", Kind.CUT, 100, log -> log.with(lines -> lines.subList(0, 99))),
                alteration("all of it cut", Kind.CUT, 1, log -> log.with(lines -> List.of())),
                alteration(
                        "one rewritten with its hash",
                        Kind.REWRITTEN,
                        41,
                        log -> log.with(lines -> {
                            lines.set(
                                    56,
                                    line(57, BEGUN.plusSeconds(57), "somebody else")
                                            .text());
                            return lines;
                        })),
                alteration(
                        "the whole chain rewritten",
                        Kind.REWRITTEN,
                        1,
                        log -> log.with(lines -> lines(number -> "nothing happened"))),
                alteration("rewritten, and signed by another", Kind.FORGED, 0, log -> {
                    List<String> lines = lines(number -> "nothing happened");
                    return new Log(lines, List.of(head(lines, 100, OTHER).line()));
                }),
                alteration(
                        "a head that was touched",
                        Kind.FORGED,
                        0,
                        log -> log.withHeads(heads -> {
                            heads.set(1, heads.get(1).replace("\"size\":80", "\"size\":81"));
                            return heads;
                        })),
                alteration(
                        "a head in pieces",
                        Kind.FORGED,
                        0,
                        log -> log.withHeads(heads -> {
                            heads.set(2, heads.get(2).substring(0, 50));
                            return heads;
                        })),
                alteration("the clock going back", Kind.CLOCK, 57, log -> {
                    List<String> lines = new ArrayList<>(log.lines().subList(0, 56));
                    for (int number = 57; number <= ENTRIES; number++) {
                        lines.add(line(number, BEGUN.minusSeconds(1000 - number), "bill " + number)
                                .text());
                    }
                    return new Log(
                            lines,
                            List.of(log.heads().get(0), head(lines, 100, KEY).line()));
                }));
    }

    private static Arguments alteration(String name, Kind kind, long number, UnaryOperator<Log> change) {
        return Arguments.of(name, kind, number, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void whateverIsAlteredIsFoundWhereItIs(String name, Kind kind, long number, UnaryOperator<Log> change)
            throws IOException {
        lay(change.apply(log()));

        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Verify.run(List.of(place), new PrintStream(said, true, StandardCharsets.UTF_8));

        Evidence evidence = Evidence.of(List.of(place));
        List<Finding> findings = new ArrayList<>(evidence.torn());
        findings.addAll(evidence.inspect().findings());
        assertThat(findings.get(0)).extracting(Finding::kind, Finding::number).containsExactly(kind, number);
        assertThat(code).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith(kind + ": " + findings.get(0).text());
        if (number > 0) {
            assertThat(findings.get(0).text()).matches(".*\\b(entry|entries) " + number + "\\b.*");
        }
    }

    @Test
    void whatNobodyHasAlteredIsSound() throws IOException {
        Log whole = log();
        lay(new Log(whole.lines(), whole.heads().subList(0, 2)));

        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Verify.run(List.of(place), new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("100 entries; 2 heads vouch for the first 80, signed with ")
                .contains("20 came after the last head")
                .contains("Nothing was altered.");
        assertThat(code).isZero();
    }

    @Test
    void aRewrittenChainFitsItselfAndIsFoundByTheHeadOfTheSecondPlaceAlone() throws IOException {
        List<String> lines = lines(number -> "nothing happened");
        lay(new Log(lines, List.of(head(lines, 100, KEY).line())));
        assertThat(Verify.run(List.of(place), quiet())).isZero();

        Path second = Files.createDirectory(place.resolve("second"));
        Files.write(second.resolve(Evidence.HEADS), log().heads());

        assertThat(Verify.run(List.of(place, second), quiet())).isEqualTo(1);
    }

    @Test
    void aClockOfWhichTheHubNotedThatItWasPutBackIsToldAndNoAlteration() throws IOException {
        List<String> lines = new ArrayList<>(log().lines().subList(0, 10));
        Entry note = new Entry(11, BEGUN.minusSeconds(500), "hub", Inspection.CLOCK_BACK, "audit", "by PT8M30S");
        lines.add(new Entry.Line(note, note.leaf()).text());
        lines.add(line(12, BEGUN.minusSeconds(400), "bill 12").text());
        lay(new Log(lines, List.of(head(lines, 12, KEY).line())));

        Inspection.Report report = Evidence.of(List.of(place)).inspect();

        assertThat(report.isSound()).isTrue();
        assertThat(report.setBack()).containsExactly(11L);
    }

    @Test
    void randomBytesFlippedAreAlwaysFound() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Log whole = log();

        for (int round = 0; round < 300; round++) {
            int at = random.nextInt(ENTRIES);
            byte[] bytes = whole.lines().get(at).getBytes(StandardCharsets.UTF_8);
            int where = random.nextInt(bytes.length);
            bytes[where] ^= (byte) (1 << random.nextInt(8));
            String flipped = new String(bytes, StandardCharsets.UTF_8);
            lay(whole.with(lines -> {
                lines.set(at, flipped);
                return lines;
            }));

            assertThat(Verify.run(List.of(place), quiet()))
                    .as("entry %d: %s", at + 1, flipped)
                    .isEqualTo(1);
        }
    }

    /** Read leniently the 31st of November is the 30th, and the hash of a capital letter is that of a small one. */
    @Test
    void whatMeansTheSameButIsWrittenOtherwiseIsNoLine() {
        String line = new Entry.Line(new Entry(1, BEGUN, "a", "b", "c", "d"), new byte[] {(byte) 0xab}).text();

        assertThat(Entry.Line.read(line).text()).isEqualTo(line);
        for (String other : List.of(line.replace("2026-11-30", "2026-11-31"), line.replace("\"ab\"", "\"AB\""))) {
            assertThat(other).isNotEqualTo(line);
            assertThatThrownBy(() -> Entry.Line.read(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEntrySaysTheSameAfterItsLineIsRead() {
        Entry odd = new Entry(7, BEGUN, "王\"\\", "a\tb\u0001\u007f", "\r\n\f\b", "𠮷 </script> ' é");

        Entry.Line read = Entry.Line.read(new Entry.Line(odd, odd.leaf()).text());

        assertThat(read.entry()).isEqualTo(odd);
        assertThat(read.leaf()).isEqualTo(odd.leaf());
    }

    private static PrintStream quiet() {
        return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    }

    private void lay(Log log) throws IOException {
        Files.write(place.resolve(Evidence.LOG), log.lines());
        Files.write(place.resolve(Evidence.HEADS), log.heads());
        byte[] key = KEY.getPublic().getEncoded();
        Files.writeString(place.resolve(Evidence.pem(key)), Evidence.armoured(key));
    }

    private static Log log() {
        List<String> lines = lines(number -> "bill " + number);
        return new Log(
                lines,
                Stream.of(40, 80, 100)
                        .map(size -> head(lines, size, KEY).line())
                        .toList());
    }

    private interface Detail {
        String of(int number);
    }

    private static List<String> lines(Detail detail) {
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= ENTRIES; number++) {
            lines.add(line(number, BEGUN.plusSeconds(number), detail.of(number)).text());
        }
        return lines;
    }

    private static Entry.Line line(int number, Instant at, String detail) {
        Entry entry = new Entry(number, at, "ab12", "repair.different", "urn:x", detail);
        return new Entry.Line(entry, entry.leaf());
    }

    private static Head head(List<String> lines, int size, KeyPair key) {
        Peaks peaks = Peaks.of(0, new byte[0]);
        lines.subList(0, size).forEach(line -> peaks.add(Entry.Line.read(line).leaf(), Peaks.Completed.NONE));
        return Head.signed(size, BEGUN.plusSeconds(3600L + size), peaks.root(), key.getPrivate(), key.getPublic());
    }

    private static List<String> swap(List<String> lines, int one, int other) {
        String first = lines.get(one);
        lines.set(one, lines.get(other));
        lines.set(other, first);
        return lines;
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
