package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NightHourTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 2 * * *         | 0 0 2 * * ?",
                "0 0 2 ? * ?         | 0 0 2 * * ?",
                "0 30 1 1,15 * *     | 0 30 1 1,15 * ?",
                "0 0 2 L-1 * *       | 0 0 2 L-1 * ?",
                "0 0 2 * * 1-5       | 0 0 2 ? * MON,TUE,WED,THU,FRI",
                "0 0 2 * * 0         | 0 0 2 ? * SUN",
                "0 0 2 * * 7         | 0 0 2 ? * SUN",
                "0 0 2 * * sat,sun   | 0 0 2 ? * SAT,SUN",
                "0 0 2 * * */2       | 0 0 2 ? * MON,WED,FRI,SUN",
                "0 0 2 * * 5L        | 0 0 2 ? * FRIL",
                "0 0 2 ? jan-mar 1#2 | 0 0 2 ? JAN-MAR MON#2",
                "*/10 * * * * *      | */10 * * * * ?",
                "0 0 0 29 2 *        | 0 0 0 29 2 ?",
                "@daily              | 0 0 0 * * ?"
            })
    void anHourIsTheSameOneInQuartzsWords(String cron, String quartz) {
        assertThat(NightHour.quartz(cron)).isEqualTo(quartz);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at two", "0 0 2 * *", "0 0 25 * * *", "0 0 2 30 2 *", "0 0 2 * * FRIL,MON", ""})
    void whatNoScheduleCouldKeepIsRefused(String cron) {
        assertThatThrownBy(() -> NightHour.quartz(cron)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe"})
    void everyDayHasOneNightAlsoWhereTheClocksArePutForwardAndBack(String zone) {
        for (String at : List.of("0 0 2 * * *", "0 30 2 * * *", "0 0 0 * * *", "0 59 23 * * *", "0 30 1 * * *")) {
            String quartz = NightHour.quartz(at);
            LocalDate day = LocalDate.of(2026, 1, 1);
            Instant hour = day.atStartOfDay(ZoneId.of(zone)).minusSeconds(1).toInstant();

            for (; day.getYear() == 2026; day = day.plusDays(1)) {
                Instant now = hour;
                hour = NightHour.leftOut(quartz, ZoneId.of(zone), now)
                        .orElseGet(() -> NightHour.next(quartz, ZoneId.of(zone), now));
                assertThat(hour.atZone(ZoneId.of(zone)).toLocalDate())
                        .as("%s in %s", at, zone)
                        .isEqualTo(day);
            }
        }
    }

    @Test
    void anHourThatComesInAnyCaseIsNotRunTwiceWhereTheClocksArePutForward() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant before = Instant.parse("2026-03-29T00:59:59Z");

        assertThat(NightHour.leftOut("0 0 * * * ?", berlin, before)).isEmpty();
        assertThat(NightHour.leftOut("0 0 2 * * ?", berlin, before)).contains(before.plusSeconds(1));
        assertThat(NightHour.leftOut("0 0 2 * * ?", berlin, before.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void aDayOfTheMonthThatMustBeACertainWeekdayIsRefusedWithAReason() {
        assertThatThrownBy(() -> NightHour.quartz("0 0 2 13 * FRI"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a day of the month or a weekday, not both: 0 0 2 13 * FRI");
    }
}
