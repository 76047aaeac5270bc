package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Fact;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private final Normalizer normalizer = Islands.normalizer();

    @ParameterizedTest
    @CsvSource({
        "20260230, DATE-INVALID",
        "2026-02-30, DATE-INVALID",
        "2025-02-29, DATE-INVALID",
        "2026-13-01, DATE-INVALID",
        "26-10-01, DATE-INVALID",
        "2026/10/01, DATE-INVALID",
        "yesterday, DATE-INVALID",
        "0201-05-03, DATE-RANGE",
        "00010101, DATE-RANGE",
        "22000101, DATE-RANGE",
        "1899-12-31, DATE-RANGE"
    })
    void refusesWhatIsNoDate(String text, String reason) {
        assertThat(Rows.account().with("BUILD_DATE", text).refusal(normalizer, "account"))
                .isEqualTo(reason + " openedAt");
    }

    @ParameterizedTest
    @CsvSource({"0000-00-00", "1900-01-01", "9999-12-31", "99991231", "''", "'   '"})
    void readsSentinelsAsNull(String text) {
        Fact fact = Rows.account().with("CANCEL_DATE", text).fact(normalizer, "account");

        assertThat(fact.validFrom()).isEqualTo(LocalDate.of(2014, 3, 8));
        assertThat(fact.validTo()).isNull();
        assertThat(fact.quality()).hasSize(text.isBlank() ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02 09:00:00, 2026-11-02T09:00:00+08:00",
        "2026-11-02T09:00:00, 2026-11-02T09:00:00+08:00",
        "2026-11-02 09:00:00.000, 2026-11-02T09:00:00+08:00",
        "2026-11-02 09:00:00.120, 2026-11-02T09:00:00.120+08:00",
        "2026-11-02 09:00:00.5, 2026-11-02T09:00:00.500+08:00",
        "2026-11-02 09:00:00.123456, 2026-11-02T09:00:00.123+08:00",
        "2026-11-02T01:00:00.1234567Z, 2026-11-02T09:00:00.123+08:00",
        "2026-11-02T01:00:00.000000001+00:00, 2026-11-02T09:00:00+08:00",
        "2026-11-02T01:00:00Z, 2026-11-02T09:00:00+08:00",
        "2026-11-02T02:00:00+01:00, 2026-11-02T09:00:00+08:00",
        "1988-07-01 00:00:00, 1988-07-01T00:00:00+09:00",
        "1988-12-01 00:00:00, 1988-12-01T00:00:00+08:00"
    })
    void writesInstantsWithTheOffsetInForce(String text, String instant) {
        assertThat(Rows.bill().with("RELEASE_TIME", text).refusal(normalizer, "bill"))
                .contains("\"issuedAt\":\"" + instant + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02 24:00:00, TIME-INVALID",
        "2026-11-02 23:60:00, TIME-INVALID",
        "2026-11-02 9:00:00, TIME-INVALID",
        "2026-11-02, TIME-INVALID",
        "soon, TIME-INVALID",
        "2026-11-02 09:00:00., TIME-INVALID",
        "2026-11-02 09:00:00.x, TIME-INVALID",
        "2026-11-02 09:00:00.1234567890, TIME-INVALID",
        "2026-11-02 09:00:00 CST, TIME-INVALID",
        "2026-02-30 09:00:00, DATE-INVALID",
        "0001-01-01 00:00:00, DATE-RANGE"
    })
    void refusesWhatIsNoInstant(String text, String reason) {
        assertThat(Rows.bill().with("RELEASE_TIME", text).refusal(normalizer, "bill"))
                .isEqualTo(reason + " issuedAt");
    }

    @Test
    void makesSequenceAndTimeFromTheChangeTime() {
        Fact fact = Rows.bill().with("LAST_UPDATED", "2026-01-01 07:59:59.250").fact(normalizer, "bill");

        assertThat(fact.sequence()).isEqualTo("20251231235959250-0000000000");
        assertThat(fact.time()).isEqualTo(OffsetDateTime.parse("2026-01-01T07:59:59.250+08:00"));
        assertThat(Rows.bill().with("LAST_UPDATED", "").refusal(normalizer, "bill"))
                .isEqualTo("FIELD-MISSING LAST_UPDATED");
    }

    @Test
    void tellsVersionsApartThatAreLessThanAMillisecondApart() {
        Fact first =
                Rows.bill().with("LAST_UPDATED", "2026-01-01 07:59:59.250000").fact(normalizer, "bill");
        Fact second =
                Rows.bill().with("LAST_UPDATED", "2026-01-01 07:59:59.250001").fact(normalizer, "bill");
        Fact third = Rows.bill().with("LAST_UPDATED", "2026-01-01 07:59:59.251").fact(normalizer, "bill");

        assertThat(first.sequence()).isEqualTo("20251231235959250-0000000000");
        assertThat(second.sequence()).isEqualTo("20251231235959250-0000001000");
        assertThat(second.time()).isEqualTo(first.time());
        assertThat(third.sequence()).isGreaterThan(second.sequence());
    }

    @Test
    void takesTheEarlierOfTwoAndShiftsWhatDoesNotExist() {
        Normalizer berlin = Islands.normalizer(ZoneId.of("Europe/Berlin"));

        Fact twice = Rows.bill().with("RELEASE_TIME", "2026-10-25 02:30:00").fact(berlin, "bill");
        Fact never = Rows.bill().with("RELEASE_TIME", "2026-03-29 02:30:00").fact(berlin, "bill");

        assertThat(new String(twice.body(), StandardCharsets.UTF_8)).contains("2026-10-25T02:30:00+02:00");
        assertThat(twice.quality()).extracting("code").containsExactly(Reason.TIME_AMBIGUOUS);
        assertThat(new String(never.body(), StandardCharsets.UTF_8)).contains("2026-03-29T03:30:00+02:00");
        assertThat(never.quality()).extracting("code").containsExactly(Reason.TIME_GAP);
    }

    @Test
    void countsDaysAsTheCalendarDoes() {
        for (LocalDate day = LocalDate.of(1900, 1, 2); day.getYear() < 2200; day = day.plusDays(1)) {
            int packed = Days.read(day.toString());
            assertThat(Days.date(packed)).isEqualTo(day);
            assertThat(Days.epochDay(packed)).isEqualTo(day.toEpochDay());
        }
    }
}
