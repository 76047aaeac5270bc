package isthmus.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.crosscheck.Break.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreaksCsvTest {
    private static final OffsetDateTime TWO = OffsetDateTime.parse("2026-11-25T02:00:00+08:00");

    @Test
    void aBreakIsALineBelowTheHeader() {
        StringBuilder out = new StringBuilder();
        Break one = new Break(
                7,
                "X-KWH",
                "=cmd|' /C calc'!A0",
                "电表",
                "billing",
                "error",
                State.SUPPRESSED,
                new BigDecimal("-1.50"),
                null,
                TWO,
                TWO,
                TWO,
                null,
                "Mrs. Li says so",
                LocalDate.of(2026, 12, 31),
                "clerk",
                Map.of());

        new BreaksCsv(out::append).add(one);

        assertThat(out.toString())
                .isEqualTo("id,check,subject,cause,severity,owner,state,kwh,money,first_seen,opened,last_seen,"
                        + "suppressed_until\r\n"
                        + "7,X-KWH,'=cmd|' /C calc'!A0,电表,error,billing,suppressed,-1.50,,2026-11-25T02:00+08:00,"
                        + "2026-11-25T02:00+08:00,2026-11-25T02:00+08:00,2026-12-31\r\n");
    }
}
