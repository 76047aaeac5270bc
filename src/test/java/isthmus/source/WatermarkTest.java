package isthmus.source;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.model.Position;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDateTime LATEST = LocalDateTime.of(2026, 11, 3, 0, 0);

    private static Watermark at(String value) {
        return new Watermark(Optional.of(new Position("s", "p", value)), ZONE, LATEST);
    }

    @Test
    void onlyRises() {
        Watermark watermark = at("{\"time\":\"2026-11-01 10:00:00\",\"key\":[\"7\"]}");

        watermark.see("2026-11-01 09:59:59", List.of("8"));
        assertThat(watermark.value()).isEqualTo("{\"time\":\"2026-11-01 10:00:00\",\"key\":[\"7\"]}");
        watermark.see("2026-11-01 10:00:00.001", List.of("9"));
        assertThat(watermark.value()).isEqualTo("{\"time\":\"2026-11-01 10:00:00.001\",\"key\":[\"9\"]}");
    }

    @Test
    void readsEveryFormOfAChangeTimeAndIgnoresWhatIsNone() {
        for (String text : List.of(
                "2026-11-01 10:00:00", "2026-11-01T10:00:00", "2026-11-01T02:00:00Z", " 2026-11-01 10:00:00 ")) {
            Watermark watermark = new Watermark(Optional.empty(), ZONE, LATEST);
            watermark.see(text, List.of());
            assertThat(watermark.from(Duration.ofMinutes(5))).as(text).hasValue(LocalDateTime.of(2026, 11, 1, 9, 55));
        }
        for (String text : List.of(
                "0000-00-00 00:00:00",
                "2026-11-01 24:00:00",
                "2026-02-30 00:00:00",
                "soon",
                "",
                "9999-12-31 00:00:00")) {
            Watermark watermark = new Watermark(Optional.empty(), ZONE, LATEST);
            watermark.see(text, List.of());
            assertThat(watermark.value()).as(text).isNull();
        }
    }
}
