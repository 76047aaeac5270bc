package isthmus.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvCellTest {
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
        assertThat(CsvCell.of(text)).isEqualTo(cell);
    }
}
