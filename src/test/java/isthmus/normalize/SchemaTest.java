package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final String CANARY = "CANARY7";
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "0",
            "-0",
            "-1",
            "1",
            "99",
            "007.500",
            "123456789012345.678",
            "1234567890123456",
            "999999999999999.999",
            "0.1234567891",
            "0.123456789",
            "1e5",
            "NaN",
            "1,234.50",
            "１２３．４５",
            "20260230",
            "2026-02-30",
            "00010101",
            "99991231",
            "19000101",
            "2199-12-31",
            "2200-01-01",
            "2026-11-02 24:00:00",
            "2026-11-02 23:59:59.120",
            "2026-11-02T10:00:00Z",
            "0000-00-00 00:00:00",
            "soon",
            "无",
            "不详",
            "测试用户",
            "\u200b\ufeff",
            "张\u3000三 \u202e丰",
            "a\u0000b",
            "\ue863",
            "𠮷㐂䶮",
            "'; DROP TABLE C_CONS;--",
            "\"\\\t${bean:x}",
            "ＡＢＣ１２３",
            "/".repeat(70),
            "键".repeat(80),
            "x".repeat(513),
            "1101051949123100",
            "15000000000/0373-88812345、12",
            CANARY + "\u0007");

    private final Normalizer normalizer = Islands.normalizer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bill",
                "account",
                "servicepoint",
                "tariff",
                "payment",
                "curve",
                "reading",
                "meter",
                "customer",
                "servicerequest"
            })
    void refusesWhatTheSchemaRefuses(String pull) {
        long seed = System.nanoTime();
        System.out.println("SchemaTest " + pull + " seed " + seed);
        Random random = new Random(seed);
        var contract = Islands.pull(pull);

        int accepted = 0;
        for (int i = 0; i < 4000; i++) {
            Row row = mutated(Rows.of(pull), random);
            var outcomes = normalizer.normalize(row.chunk(contract)).outcomes();
            for (String entity : contract.entities()) {
                accepted += Objects.requireNonNull(outcomes.get(entity))
                        .get(0)
                        .fold(fact -> checked(entity, fact), rejected -> secret(rejected, row));
            }
        }

        assertThat(accepted).isGreaterThan(200);
    }

    private static int checked(String entity, Outcome.Accepted accepted) {
        String body = new String(accepted.fact().body(), StandardCharsets.UTF_8);
        assertThat(Schemas.faults(entity, body)).as(body).isEmpty();
        assertThat(Schemas.canonical(body)).isEqualTo(body);
        return 1;
    }

    private static int secret(Outcome.Rejected rejected, Row row) {
        assertThat(rejected.hint() + rejected.field()).as(row.values.toString()).doesNotContain(CANARY);
        return 0;
    }

    private static Row mutated(Row row, Random random) {
        List<String> columns = new ArrayList<>(row.values.keySet());
        for (int i = random.nextInt(3); i >= 0; i--) {
            String value = random.nextInt(12) == 0 ? null : NASTY.get(random.nextInt(NASTY.size()));
            row.with(columns.get(random.nextInt(columns.size())), value);
        }
        row.children.values().forEach(lines -> {
            if (random.nextInt(4) > 0) {
                var line = lines.get(random.nextInt(lines.size()));
                List<String> names = new ArrayList<>(line.keySet());
                line.put(names.get(random.nextInt(names.size())), NASTY.get(random.nextInt(NASTY.size())));
            }
            if (random.nextInt(20) == 0) {
                lines.clear();
            }
        });
        return row;
    }

    @Test
    void theSchemaItselfRefusesNumbersForMoneyAndNaiveTimes() {
        String bill = new String(Rows.bill().fact(normalizer, "bill").body(), StandardCharsets.UTF_8);

        assertThat(Schemas.faults("bill", bill)).isEmpty();
        assertThat(Schemas.faults("bill", bill.replace("\"120.42\"", "120.42"))).isNotEmpty();
        assertThat(Schemas.faults("bill", bill.replace("\"0.568\"", "\".568\"")))
                .isNotEmpty();
        assertThat(Schemas.faults("bill", bill.replace("09:00:00+08:00", "09:00:00")))
                .isNotEmpty();
    }
}
