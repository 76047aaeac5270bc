package isthmus.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.crosscheck.Break.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreaksCsvTest {
    private static final OffsetDateTime TWO = OffsetDateTime.parse("2026-11-25T02:00:00+08:00");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            value = {
                "=1+1, '=1+1",
                "+cmd, '+cmd",
                "-2+3, '-2+3",
                "@SUM(A1), '@SUM(A1)",
                "#\t=1#, #'\t=1#",
                "#\r=1#, #\"'\r=1\"#",
                "#=HYPERLINK(\"http://x\",\"y\")#, #\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"#",
                "-12.50, -12.50",
                "+7, +7",
                "MP1/2026-10, MP1/2026-10",
                "#a,b#, #\"a,b\"#",
                "#a\nb#, #\"a\nb\"#",
                "say \"so\", #\"say \"\"so\"\"\"#"
            })
    void aCellThatASpreadsheetWouldRunIsText(String text, String cell) {
        assertThat(BreaksCsv.cell(text)).isEqualTo(cell);
    }

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
