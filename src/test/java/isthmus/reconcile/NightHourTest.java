package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void aDayOfTheMonthThatMustBeACertainWeekdayIsRefusedWithAReason() {
        assertThatThrownBy(() -> NightHour.quartz("0 0 2 13 * FRI"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a day of the month or a weekday, not both: 0 0 2 13 * FRI");
    }
}
