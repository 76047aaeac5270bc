package isthmus.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** A format that {@code bench --job read-FORMAT} can measure: how a pull declares it, and a file of made-up rows. */
enum ReadFormat {
    DELIMITED("""
            columns: {NO: text, PLACE: text, AT: time, TOTAL: decimal(2), PEAK: decimal(2), VALLEY: decimal(2), NAME: text, UNIT: text}
            settings:
              done: .done""", "", ReadFormat::line, ""),
    FIXED("""
            columns: {NO: text at 1..10, AT: time at 11..29, TOTAL: text at 30..39}
            settings:
              done: .done""", "", i -> String.format(Locale.ROOT, "%010d2026-11-22 00:00:00%010d\n", i, i), ""),
    JSONL("""
            columns: {NO: text at no, AT: time at at, TOTAL: decimal(2) at total}
            settings:
              done: .done""", "", i -> json(i) + "\n", ""),
    JSON("""
            columns: {NO: text at no, AT: time at at, TOTAL: decimal(2) at total}
            settings:
              record: /r""", "{\"r\":[", i -> (i == 0 ? "" : ",\n") + json(i), "]}"),
    XML("""
            columns: {NO: text at no, AT: time at at, TOTAL: decimal(2) at total}
            settings:
              record: /d/r""", "<d>", ReadFormat::xml, "</d>"),
    NEM12("""
            columns: {NMI: text, SUFFIX: text, DATE: date}
            children: {values: {NO: text, VALUE: decimal(6), QUALITY: text}}
            settings:""", "100,NEM12,202611230015,A,B\n", ReadFormat::day, "900\n"),
    NEM13(
            """
            columns: {NMI: text, SUFFIX: text, CURRENT_READ: decimal(4), CURRENT_TIME: text}
            settings:""",
            "100,NEM13,202611230015,A,B\n",
            i -> "250,6" + i
                    + ",11,1,11,11,M1,E,006342.8,20260803093055,A,,,007654.9,20261107100333,A,,,1312.1,kWh,,,\n",
            "900\n"),
    ESPI(
            """
            columns: {NO: text at usagePointId, UOM: text at ReadingType/uom, DAY: date at =day}
            children: {IntervalReading: {START: text at timePeriod/start, VALUE: text at value}}
            settings:
              days: IntervalReading
              time: START""",
            "<feed xmlns='http://naesb.org/espi'><entry><link rel='self' href='/ReadingType/1'/><content><ReadingType>"
                    + "<uom>72</uom></ReadingType></content></entry><entry>"
                    + "<link rel='self' href='/C/1/UsagePoint/1/MeterReading/1'/>"
                    + "<link rel='related' href='/ReadingType/1'/><content><MeterReading/></content></entry>",
            ReadFormat::block,
            "</feed>"),
    MSCONS(
            """
            columns: {LOCATION: text, PRODUCT: text, DAY: date at =day}
            children: {values: {VALUE: decimal(3), FROM: text, TO: text}}
            settings:
              days: values
              time: FROM""",
            "UNB+UNOC:3+S+R+261123:0015+REF'UNH+1+MSCONS:D:04B:UN:2.2e'",
            ReadFormat::profile,
            "UNT+1+1'UNZ+1+REF'");

    private static final String CARD = """
            system: bench
            title: A folder of files
            owner: bench
            transport: file
            zone: UTC
            charset: UTF-8
            every: PT1M
            connection: {folder: "%s"}
            pulls:
              read:
                entities: [payment]
                key: [%s]
            %s      format: %s
                  directory: /in
                  archive: /archive
                  refused: /refused
                  pattern: '^rows$'
            """;

    /** What the pieces would become is nothing to their reader. */
    private static final String MAPPING = """
            from: read
            version: 1
            id: "{%1$s}"
            changed: {origin: time, tie: ordinal}
            fields:
              account:   {ref: account, key: "{%1$s}"}
              amount:    {constant: "1.00"}
              currency:  {constant: CNY}
              paidAt:    {constant: "2026-11-22T00:00:00Z"}
              channel:   {constant: counter}
              status:    {constant: settled}
            """;

    private final String declared;
    private final String head;
    private final LongFunction<String> row;
    private final String end;

    ReadFormat(String declared, String head, LongFunction<String> row, String end) {
        this.declared = declared;
        this.head = head;
        this.row = row;
        this.end = end;
    }

    /** The format of a job {@code read-FORMAT}, or none. */
    static Optional<ReadFormat> of(String job) {
        return Arrays.stream(values())
                .filter(format -> job.equalsIgnoreCase("read-" + format.name()))
                .findFirst();
    }

    static String jobs() {
        return "read-"
                + String.join(
                        ", read-", Arrays.stream(values()).map(ReadFormat::code).toList());
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A system.yaml of one pull that reads the folder {@code files}. */
    String card(Path files) {
        return CARD.formatted(files, key(), declared.indent(4), code());
    }

    /** A mapping of that pull. */
    String mapping() {
        return MAPPING.formatted(key());
    }

    private String key() {
        return declared.substring(declared.indexOf('{') + 1, declared.indexOf(':', declared.indexOf('{')));
    }

    /** Writes {@code in/rows} with so many records, each of a meter or of a meter's day, and its marker where the format needs one. */
    Path write(Path files, long rows) throws IOException {
        Path file = Files.createDirectories(files.resolve("in")).resolve("rows");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            for (long i = 0; i < rows; i++) {
                out.write(row.apply(i).getBytes(StandardCharsets.UTF_8));
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        }
        if (declared.contains("done:")) {
            Files.createFile(file.resolveSibling("rows.done"));
        }
        return file;
    }

    private static String line(long i) {
        return "41012345" + i + ",MP" + i + ",2026-11-22 00:00:00," + i % 10_000 + ".35," + i % 7_000 + ".10,"
                + i % 3_000 + ".25,\"Place, no. " + i + "\",kWh\n";
    }

    private static String json(long i) {
        return "{\"no\":\"41012345" + i + "\",\"at\":\"2026-11-22T00:00:00Z\",\"total\":" + i % 10_000 + ".35}";
    }

    private static String xml(long i) {
        return "<r><no>41012345" + i + "</no><at>2026-11-22T00:00:00Z</at><total>" + i % 10_000 + ".35</total></r>\n";
    }

    private static String day(long i) {
        StringBuilder day = new StringBuilder("200,61" + i + ",E1,E1,E1,N1,M1,kWh,30,\n300,20261122");
        for (int n = 0; n < 48; n++) {
            day.append(',').append((i + n) % 100).append(".5");
        }
        return day + ",A,,,20261123000000,\n";
    }

    private static String block(long i) {
        StringBuilder block = new StringBuilder(
                "<entry><link rel='up' href='/C/1/UsagePoint/1/MeterReading/1/IntervalBlock'/><content><IntervalBlock>");
        for (int n = 0; n < 96; n++) {
            block.append("<IntervalReading><timePeriod><duration>900</duration><start>")
                    .append(1_700_006_400L + i * 86_400 + n * 900)
                    .append("</start></timePeriod><value>")
                    .append(n)
                    .append("</value></IntervalReading>");
        }
        return block + "</IntervalBlock></content></entry>\n";
    }

    private static String profile(long i) {
        StringBuilder profile = new StringBuilder("NAD+DP'LOC+172+DE" + i + "'LIN+1'PIA+5+1-1?:1.29.0:SRW'");
        for (int n = 0; n < 96; n++) {
            String from = String.format(Locale.ROOT, "20261122%02d%02d", n / 4, n % 4 * 15);
            profile.append("QTY+220:1,5'DTM+163:" + from + "?+00:303'DTM+164:" + from + "?+00:303'");
        }
        return profile.toString();
    }
}
