package isthmus.demo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.demo.server.Secrets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lays any number of sound rows on an island: bills in its tables, or curve files in its folder, of 5,000 customers that
 * come first ({@code DIR bills|curves 0 DAY}). What is laid lies wholly behind what was laid for an earlier day.
 */
public final class Cargo {
    private static final int CUSTOMERS = 5_000;
    private static final Charset FILES = Charset.forName("GB18030");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    private final Path dir;
    private final LocalDate from;

    private Cargo(Path dir, LocalDate from) {
        this.dir = dir;
        this.from = from;
    }

    /** @param arguments directory of the islands, {@code bills}, {@code curves}, {@code persons} or {@code drift}, how many, and the first day */
    public static void main(String[] arguments) throws IOException, SQLException {
        Cargo cargo = new Cargo(Path.of(arguments[0]), LocalDate.parse(arguments[3]));
        int rows = Integer.parseInt(arguments[2]);
        if (arguments[1].equals("curves")) {
            if (rows == 0) {
                cargo.layMeters();
            }
            cargo.layCurves(rows);
        } else {
            try (Connection billing = cargo.billing()) {
                for (String statement : script(script(arguments[1], rows))) {
                    cargo.execute(billing, statement, rows);
                }
            }
        }
    }

    private static String script(String cargo, int rows) {
        return switch (cargo) {
            case "drift", "persons" -> cargo + ".sql";
            default -> rows == 0 ? "customers.sql" : "bills.sql";
        };
    }

    private static String[] script(String name) throws IOException {
        try (InputStream in = Cargo.class.getResourceAsStream("/isthmus/demo/bench/" + name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split(";\\s*\n?");
        }
    }

    private Connection billing() throws IOException, SQLException {
        JsonNode card = new ObjectMapper().readTree(dir.resolve("islands.json").toFile());
        String url = card.path("env").path("BILLING_URL").asText();
        return DriverManager.getConnection(url, "epm", Secrets.in(dir).of("billing-owner"));
    }

    private void execute(Connection billing, String statement, int rows) throws SQLException {
        try (var executed = billing.createStatement()) {
            executed.execute(statement
                    .replace(":customers", Integer.toString(CUSTOMERS))
                    .replace(":last", Integer.toString(rows - 1))
                    .replace(":from", "'" + from + "'"));
        }
    }

    private void layMeters() throws IOException {
        try (BufferedWriter file = begin("METER", "电能表档案", from)) {
            for (int i = 0; i < CUSTOMERS; i++) {
                file.write("D," + asset(i) + "," + (410_000_000_000L + i) + "," + point(i) + ",沿江区人民路" + (i % 400 + 1)
                        + "号"
                        + (i % 30 + 1) + "栋,TG" + i / 250 + ",人民路" + i / 250 + "号公变,L" + i / 1_000
                        + ",1,2019-05-06 09:30:00,1,1,1,6,2,威胜集团有限公司\n");
            }
            file.write("T," + CUSTOMERS + ",0\n");
        }
        announce("METER", from);
    }

    /** A file a day, of every meter; the last may have fewer. */
    private void layCurves(int rows) throws IOException {
        Load load = new Load();
        for (int first = 0; first < rows; first += CUSTOMERS) {
            LocalDate day = from.plusDays(first / CUSTOMERS);
            int lines = Math.min(CUSTOMERS, rows - first);
            long sum = 0;
            try (BufferedWriter file = begin("CURVE", "电能量曲线", day)) {
                StringBuilder line = new StringBuilder(700);
                for (int i = 0; i < lines; i++) {
                    line.setLength(0);
                    line.append("D,").append(asset(i)).append(',').append(point(i));
                    line.append(',').append(day.format(DAY)).append(",1,1,");
                    sum += load.day(line);
                    file.append(line).append('\n');
                }
                file.write("T," + lines + "," + thousandths(new StringBuilder(), sum) + "\n");
            }
            announce("CURVE", day);
        }
    }

    private BufferedWriter begin(String kind, String title, LocalDate day) throws IOException {
        BufferedWriter file = Files.newBufferedWriter(file(kind, day), FILES);
        file.write("H," + title + "," + kind + "," + day.format(DAY) + ","
                + day.plusDays(1).format(DAY) + "061500\n");
        return file;
    }

    private void announce(String kind, LocalDate day) throws IOException {
        Path file = file(kind, day);
        Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
    }

    private Path file(String kind, LocalDate day) {
        return dir.resolve("sftp/out").resolve(kind + "_" + day.format(DAY) + "_BENCH.csv");
    }

    private static String asset(int i) {
        return "7700" + (10_000_000 + i);
    }

    private static String point(int i) {
        return "6600" + (10_000_000 + i);
    }

    private static StringBuilder thousandths(StringBuilder out, long value) {
        out.append(value / 1_000).append('.');
        int rest = (int) (value % 1_000);
        return out.append((char) ('0' + rest / 100))
                .append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10));
    }

    /** Quarter hours of households: from 0.020 to 1.043 kWh, always the same ones. */
    private static final class Load {
        private long state = 1;

        long day(StringBuilder line) {
            long sum = 0;
            for (int i = 0; i < 96; i++) {
                state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
                long value = 20 + (state >>> 54);
                sum += value;
                thousandths(line.append(','), value);
            }
            thousandths(line.append(','), sum);
            return sum;
        }
    }
}
