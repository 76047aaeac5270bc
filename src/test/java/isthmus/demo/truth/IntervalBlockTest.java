package isthmus.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalBlockTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] NONE = new String[96];

    @Test
    void saysTheModelsExampleByteForByte() throws Exception {
        try (InputStream in =
                IntervalBlockTest.class.getResourceAsStream("/isthmus/demo/block-with-two-missing.json")) {
            String example = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            JsonNode values = JSON.readTree(example).get("values");
            String[] printed = new String[96];
            for (int i = 0; i < 96; i++) {
                printed[i] = values.get(i).isNull()
                        ? ""
                        : "0." + String.format("%03d", values.get(i).asInt());
            }
            String line = line("4101234567890", "MP0000123456", "20261122", "1", "", printed);

            String said = CanonicalJson.of(block(CurvePiece.read(line, "a")).body());

            assertThat(said).isEqualTo(Difference.canonical(example));
        }
    }

    @Test
    void takesAtEachPositionTheLastValueThatIsNotMissing() {
        CurvePiece first = piece("1", "a", "1.000", "2.000", "");
        CurvePiece second = piece("2", "b", "", "3.500", "");
        CurvePiece older = piece("1", "A", "9.000", "9.000", "7.000");

        JsonNode body = read(block(second, older, first));

        assertThat(body.get("values").get(0).asInt()).isEqualTo(1000);
        assertThat(body.get("values").get(1).asInt()).isEqualTo(3500);
        assertThat(body.get("values").get(2).asInt()).isEqualTo(7000);
        assertThat(body.get("received").asInt()).isEqualTo(3);
        assertThat(body.get("sum").asText()).isEqualTo("11.50");
        assertThat(body.get("quality").toString())
                .isEqualTo(
                        "[{\"at\":1,\"flag\":\"edited\",\"n\":1},{\"at\":3,\"cim\":\"2.5.259\",\"flag\":\"missing\",\"n\":93}]");
    }

    @Test
    void saysTheSameInAnyOrderOfArrival() {
        long seed = 20261121;
        Random random = new Random(seed);
        List<CurvePiece> pieces = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String[] values = new String[96];
            for (int k = 0; k < 96; k++) {
                values[k] = random.nextInt(3) == 0 ? "" : random.nextInt(9) + ".125";
            }
            pieces.add(CurvePiece.read(line("41", "MP1", "20261101", "124".charAt(i % 3) + "", "", values), "s" + i));
        }
        String straight =
                CanonicalJson.of(block(pieces.toArray(CurvePiece[]::new)).body());

        for (int i = 0; i < 100; i++) {
            Collections.shuffle(pieces, random);
            assertThat(CanonicalJson.of(block(pieces.toArray(CurvePiece[]::new)).body()))
                    .as("seed %s", seed)
                    .isEqualTo(straight);
        }
    }

    @Test
    void refusesFlagsThatAreReadTheWrongWayRound() {
        String wrong = "0".repeat(88) + "1".repeat(8);

        assertThatThrownBy(() -> CurvePiece.read(line("41", "MP1", "20261101", "1", wrong, full()), "a"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason).isEqualTo("WHOLE-FLAG"));
    }

    @Test
    void readsAPlaceholderAsMissingAndRefusesFivePlaces() {
        assertThat(piece("1", "a", "-9999", "-0.250", "1").points().values)
                .startsWith(Points.MISSING, -250, 1000, Points.MISSING);
        assertThatThrownBy(() -> piece("1", "a", "0.12345"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason).isEqualTo("NUMBER-RANGE"));
    }

    private static JsonNode read(Said said) {
        try {
            return JSON.readTree(CanonicalJson.of(said.body()));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Said block(CurvePiece... pieces) {
        IntervalBlock block = new IntervalBlock();
        for (CurvePiece piece : pieces) {
            block.add(piece);
        }
        return block.say();
    }

    private static CurvePiece piece(String flag, String sequence, String... first) {
        String[] values = NONE.clone();
        System.arraycopy(first, 0, values, 0, first.length);
        return CurvePiece.read(line("41", "MP1", "20261101", flag, "", values), sequence);
    }

    private static String[] full() {
        String[] values = new String[96];
        java.util.Arrays.fill(values, "0.100");
        return values;
    }

    private static String line(String asset, String point, String date, String flag, String whole, String[] values) {
        StringBuilder line = new StringBuilder("D," + asset + "," + point + "," + date + ",1," + flag + "," + whole);
        for (String value : values) {
            line.append(',').append(value == null ? "" : value);
        }
        return line.append(",0").toString();
    }
}
