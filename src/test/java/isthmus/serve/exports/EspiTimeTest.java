package isthmus.serve.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspiTimeTest {
    /** New York's and Los Angeles' rules stand so in the samples of the standard. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York,B40E2000,3600,360E2000,-18000",
        "America/Los_Angeles,B40E2000,3600,360E2000,-28800",
        "Europe/Berlin,AE0E3000,3600,3E0E2000,3600",
        "Australia/Sydney,440E3000,3600,A40E2000,36000",
        "Asia/Shanghai,FFFFFFFF,0,FFFFFFFF,28800"
    })
    void aZoneSaysWhenItsSummerBeginsAndEnds(String zone, String end, int offset, String start, int standard) {
        assertThat(EspiTime.of(ZoneId.of(zone), Instant.parse("2026-11-22T00:00:00Z")))
                .isEqualTo(new EspiTime(end, offset, start, standard));
    }
}
