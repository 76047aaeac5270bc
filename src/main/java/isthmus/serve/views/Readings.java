package isthmus.serve.views;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import isthmus.model.Canon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The readings of a service point in a span of days, channel by channel, with what is missing of them. */
final class Readings {
    private static final JsonFactory JSON = new JsonFactory();

    /** Seconds are always said, as everywhere in the model. */
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private final String point;
    private final ZoneId zone;
    private final LocalDate from;
    private final LocalDate to;
    private final Steps steps;
    private final Map<Block.Kind, Channel> channels = new LinkedHashMap<>();
    private final Map<Block.Kind, List<byte[]>> bodies = new LinkedHashMap<>();

    Readings(String point, ZoneId zone, LocalDate from, LocalDate to, Steps steps) {
        this.point = point;
        this.zone = zone;
        this.from = from;
        this.to = to;
        this.steps = steps;
    }

    void add(Block block, byte[] body) {
        channels.computeIfAbsent(block.kind(), kind -> new Channel()).add(block);
        if (steps == Steps.INTERVALS) {
            bodies.computeIfAbsent(block.kind(), kind -> new ArrayList<>()).add(body);
        }
    }

    byte[] json(Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("servicePoint", point);
            json.writeStringField("timeZone", zone.getId());
            json.writeStringField("from", from.toString());
            json.writeStringField("to", to.toString());
            json.writeStringField("as", steps.word());
            json.writeArrayFieldStart("channels");
            for (var channel : channels.entrySet()) {
                write(json, channel.getKey(), channel.getValue().days(from, to, zone, now), now);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json, Block.Kind kind, List<Day> days, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("system", kind.system());
        json.writeStringField("quantity", kind.quantity());
        json.writeStringField("flow", kind.flow());
        json.writeStringField("accumulation", kind.accumulation());
        json.writeStringField("series", kind.series());
        json.writeStringField("unit", kind.unit());
        json.writeStringField("multiplierApplied", kind.multiplier());
        counts(json, kind, days);
        json.writeArrayFieldStart("gaps");
        for (Channel.Gap gap : Channel.gaps(days, zone, now)) {
            json.writeStartObject();
            json.writeStringField("start", SECONDS.format(gap.start()));
            json.writeStringField("end", SECONDS.format(gap.end()));
            json.writeNumberField("intervals", gap.intervals());
            json.writeEndObject();
        }
        json.writeEndArray();
        switch (steps) {
            case INTERVALS -> blocks(json, bodies.getOrDefault(kind, List.of()));
            case DAYS -> days(json, kind, days);
            case MONTHS -> months(json, kind, days);
        }
        json.writeEndObject();
    }

    /** As they are stored: values are integers times ten to the block's scale. */
    private static void blocks(JsonGenerator json, List<byte[]> bodies) throws IOException {
        json.writeArrayFieldStart("blocks");
        for (byte[] body : bodies) {
            json.writeRawValue(new String(body, StandardCharsets.UTF_8));
        }
        json.writeEndArray();
    }

    private static void days(JsonGenerator json, Block.Kind kind, List<Day> days) throws IOException {
        json.writeArrayFieldStart("days");
        for (Day day : days) {
            json.writeStartObject();
            json.writeStringField("date", day.date.toString());
            json.writeStringField("intervalLength", day.length.toString());
            counts(json, kind, List.of(day));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void months(JsonGenerator json, Block.Kind kind, List<Day> days) throws IOException {
        Map<YearMonth, List<Day>> months = new TreeMap<>();
        days.forEach(day -> months.computeIfAbsent(YearMonth.from(day.date), month -> new ArrayList<>())
                .add(day));
        json.writeArrayFieldStart("months");
        for (var month : months.entrySet()) {
            json.writeStartObject();
            json.writeStringField("month", month.getKey().toString());
            counts(json, kind, month.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A sum of nothing is null: zero would say that nothing was used. */
    private static void counts(JsonGenerator json, Block.Kind kind, Collection<Day> days) throws IOException {
        int received = days.stream().mapToInt(Day::received).sum();
        json.writeNumberField(
                "expected", days.stream().mapToInt(day -> day.expected).sum());
        json.writeNumberField("received", received);
        json.writeNumberField(
                "estimated", days.stream().mapToInt(Day::estimated).sum());
        if (received == 0 || !kind.accumulation().equals("delta")) {
            json.writeNullField("sum");
        } else {
            BigDecimal sum = days.stream().map(Day::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
            json.writeStringField("sum", Canon.decimal(Canon.Kind.DECIMAL, sum));
        }
    }
}
