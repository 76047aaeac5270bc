package isthmus.flow;

import isthmus.flow.Crossed.Said;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Green Button, MSCONS and RSM-012 file of the real inputs, against the totals of a parser that was written apart. */
@NullUnmarked
class RealDocumentsTest {

    /** A wrong role; an end before the start; no sender. */
    private static final Map<String, String> INVALID =
            Map.of("ebix", "SCHEMA", "xml", "PERIOD_INVALID", "json", "FIELD_MISSING");

    @TempDir
    Path folder;

    @Test
    void meetsEveryTotalOfGreenButton() throws Exception {
        Figures figures = new Figures("Green Button");
        Path data = SharedData.folder("metering/greenbutton");
        List<String> names = SharedData.copy(data, folder.resolve("east/in"));
        figures.read(names.size());
        String western = "sample_greenbutton_data.xml";
        Path pacific = pacific(western);

        Crossed east = Crossed.run(
                Path.of("examples"),
                Examples.environment("GREENBUTTON_FOLDER", folder.resolve("east")),
                "greenbutton",
                "usage");
        Crossed west = Crossed.run(
                pacific, Examples.environment("GREENBUTTON_FOLDER", folder.resolve("west")), "greenbutton", "usage");

        figures.expect("a feed of another zone is refused", List.of("FILE_ZONE"), names(east, western));
        for (List<String> section : sections(data, "## (test_usage|sample).*")) {
            String file = section.get(0).split(" ")[1];
            Crossed crossed = file.equals(western) ? west : east;
            String sum = find(section, "sum raw value (\\d+)");
            String readings = find(section, "'IntervalReading': (\\d+)");
            figures.expect(
                    file + " Wh",
                    new BigDecimal(sum),
                    sum(crossed.accepted(file)).scaleByPowerOfTen(3));
            figures.expect(file + " n", Integer.valueOf(readings), received(crossed.accepted(file)));
            figures.expect(file + " rejected", List.of(), crossed.reasons(file));
        }
        figures.expect("_11", Map.of("2012-03-11", 92), days(east.accepted("test_usage_data_11.xml")));
        figures.expect("_01", Map.of("2012-03-01", 96), days(east.accepted("test_usage_data_01.xml")));
        figures.expect(
                "_1, five days of 96",
                List.of(96, 96, 96, 96, 96),
                List.copyOf(days(east.accepted("test_usage_data_1.xml")).values()));
        figures.expect(
                "sample, fifteen whole days and two hours",
                16,
                days(west.accepted(western)).size());
        figures.close();
    }

    private Path pacific(String western) throws Exception {
        Path routes = folder.resolve("routes-west");
        Routes.copy(Path.of("examples"), routes);
        Path card = routes.resolve("greenbutton/system.yaml");
        Files.writeString(card, Files.readString(card).replace("America/New_York", "America/Los_Angeles"));
        Files.createDirectories(folder.resolve("west/in"));
        Files.copy(
                folder.resolve("east/in").resolve(western),
                folder.resolve("west/in").resolve(western));
        return routes;
    }

    @Test
    void meetsEveryTotalOfMscons() throws Exception {
        Figures figures = new Figures("MSCONS");
        Path data = SharedData.folder("metering/mscons");
        figures.read(SharedData.copy(data, folder.resolve("in")).size());

        Crossed crossed =
                Crossed.run(Path.of("examples"), Examples.environment("MSCONS_FOLDER", folder), "mscons", "profile");

        for (List<String> section : sections(data, "## (2019|MSCONS).*")) {
            String file = section.get(0).split(" ")[1];
            List<Said> said = crossed.accepted(file);
            Matcher total =
                    Pattern.compile("\\('(.*)', '(.*)'\\) n (\\d+) sum (\\S+) ").matcher(section.get(2));
            total.find();
            figures.expect(file + " sum", new BigDecimal(total.group(4)), sum(said));
            figures.expect(file + " n", Integer.valueOf(total.group(3)), received(said));
            figures.expect(file + " rejected", List.of(), crossed.reasons(file));
            if (said.isEmpty()) {
                continue;
            }
            figures.expect(file + " place", total.group(1), said.get(0).value("LOCATION"));
            figures.expect(file + " product", total.group(2), said.get(0).value("PRODUCT"));
            figures.expect(
                    file + " days of 96", true, days(said).values().stream().allMatch(n -> n == 96));
            boolean isMiscounted = section.get(1).contains("['109']");
            figures.expect(
                    file + " count told", isMiscounted, said.get(0).flags().contains("COUNT-DECLARED"));
        }
        figures.close();
    }

    @Test
    void meetsEveryTotalOfMeteredDataDocuments() throws Exception {
        Figures figures = new Figures("RSM-012");
        Path data = SharedData.folder("metering/dk_rsm012");
        for (String syntax : List.of("ebix", "xml", "json")) {
            figures.read(
                    SharedData.copy(data.resolve(syntax), folder.resolve("in").resolve(syntax))
                            .size());
            String ending = syntax.equals("json") ? ".json" : ".xml";
            String valid = "ValidMeteredDataForMeteringPoint" + ending;
            String invalid = "In" + valid.replace("Valid", "valid");

            Crossed crossed = Crossed.run(
                    Path.of("examples"), Examples.environment("RSM012_FOLDER", folder), "rsm012" + syntax, "series");

            List<Said> said = crossed.accepted(valid);
            String sum = syntax.equals("ebix") ? "2.245" : syntax.equals("xml") ? "336" : "1099";
            figures.expect(syntax + " sum", new BigDecimal(sum), sum(said));
            figures.expect(
                    syntax + " points",
                    syntax.equals("ebix") ? 96 : 6,
                    said.get(0).piece().children().get(0).size());
            figures.expect(
                    syntax + " of a day",
                    syntax.equals("ebix") ? 96 : 24,
                    said.get(0).record().get("expected").asInt());
            figures.expect(
                    syntax + " gap told",
                    !syntax.equals("ebix"),
                    said.get(0).flags().contains("VEE-GAP"));
            figures.expect(syntax + " invalid refused", List.of(INVALID.get(syntax)), names(crossed, invalid));
            figures.expect(syntax + " invalid not accepted", List.of(), crossed.accepted(invalid));
        }
        figures.close();
    }

    private static List<String> names(Crossed crossed, String file) {
        return crossed.reasons(file).stream().map(Enum::name).toList();
    }

    /** The sections of the expected totals whose first line is so. */
    private static List<List<String>> sections(Path data, String heading) throws Exception {
        List<List<String>> sections = new ArrayList<>();
        boolean isWanted = false;
        for (String line : Files.readAllLines(data.resolveSibling("EXPECTED.txt"))) {
            if (line.startsWith("##")) {
                isWanted = line.matches(heading);
                if (isWanted) {
                    sections.add(new ArrayList<>());
                }
            }
            if (isWanted) {
                sections.get(sections.size() - 1).add(line);
            }
        }
        return sections;
    }

    private static String find(List<String> section, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(String.join("\n", section));
        return found.find() ? found.group(1) : "";
    }

    private static BigDecimal sum(List<Said> blocks) {
        return blocks.stream().map(Said::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static int received(List<Said> blocks) {
        return blocks.stream().mapToInt(Said::received).sum();
    }

    private static Map<String, Integer> days(List<Said> blocks) {
        Map<String, Integer> days = new TreeMap<>();
        blocks.forEach(said -> days.put(
                said.record().get("localDate").asText(),
                said.record().get("expected").asInt()));
        return days;
    }
}
