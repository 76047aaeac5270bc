package isthmus.flow;

import isthmus.flow.Crossed.Said;
import isthmus.model.Reason;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every NEM12 and NEM13 file of the real inputs, against the totals of a parser that was written apart. */
@NullUnmarked
class RealNemTest {
    /** Declares half hours and gives quarter hours: the independent parser took the first half of the day, we refuse it. */
    private static final String CONTRADICTION = "Example_NEM12_30min_200_15min_300.csv";

    private static final Pattern TOTAL = Pattern.compile("\\('(.*)', '(.*)', '(.*)'\\) n= (\\d+) sum= (\\S+)");

    @TempDir
    Path folder;

    private final Figures figures = new Figures("NEM12 and NEM13");
    private Crossed crossed;

    @Test
    void meetsEveryTotalOfEveryFile() throws Exception {
        Path data = SharedData.folder("metering/nem");
        List<String> names = SharedData.copy(data, folder.resolve("in"));
        figures.read(names.size());

        crossed = Crossed.run(
                Path.of("examples"), Examples.environment("NEM_FOLDER", folder), "nem", "interval", "accumulation");

        String file = "";
        for (String line : Files.readAllLines(data.resolveSibling("EXPECTED.txt"))) {
            if (line.startsWith("## ")) {
                file = line.split(" ")[1];
            } else if (line.startsWith("NEM1") || line.startsWith("nem1")) {
                String[] fields = line.split("\t");
                total(fields[0], fields[1], fields[2], "kWh", null, fields[3]);
            } else if (file.startsWith("Example_NEM")) {
                section(file, line.strip());
            }
        }
        figures.expect("empty", List.of(), crossed.of("Example_NEM12_empty.csv"));
        for (Said said : crossed.of("Example_NEM12_missing_header.csv")) {
            figures.expect("missing header is a warning", true, said.flags().contains("HEADER-MISSING"));
        }
        figures.expect(CONTRADICTION, List.of(Reason.FIELD_COUNT), crossed.reasons(CONTRADICTION));
        for (String name : names) {
            figures.expect(name + " put away", true, crossed.ledger().get(name).startsWith("DONE"));
        }
        figures.close();
    }

    private void section(String file, String line) {
        Matcher total = TOTAL.matcher(line);
        if (file.equals(CONTRADICTION)) {
            return;
        }
        if (total.matches()) {
            int n = Integer.parseInt(total.group(4));
            total(file, total.group(1), total.group(2), total.group(3), n, total.group(5));
        } else if (line.startsWith("quality")) {
            int bad = line.contains("bad []") ? 0 : 1;
            figures.expect(file + " rejected", bad, crossed.reasons(file).size());
            figures.expect(file + " quality", flags(line), flags(file, crossed.accepted(file)));
        }
    }

    private void total(String file, String nmi, String suffix, String unit, Integer n, String sum) {
        BigDecimal came = BigDecimal.ZERO;
        int count = 0;
        for (Said said : crossed.accepted(file)) {
            if (said.value("NMI").equals(nmi) && said.value("SUFFIX").equals(suffix)) {
                boolean isBlock = said.fact().entity().equals("intervalblock");
                came = came.add(
                        isBlock
                                ? said.sum()
                                : new BigDecimal(
                                        said.record().at("/ext/nem.quantity").asText()));
                count += isBlock ? said.received() : 1;
            }
        }
        boolean isThousandth = unit.equals("Wh") || unit.equals("VArh");
        String what = file + " " + nmi + " " + suffix;
        figures.expect(what, new BigDecimal(sum), isThousandth ? came.scaleByPowerOfTen(3) : came);
        if (n != null) {
            figures.expect(what + " n", n, count);
        }
    }

    private static Map<String, Integer> flags(String line) {
        Map<String, Integer> flags = new TreeMap<>();
        Matcher one = Pattern.compile("'([^']+)': (\\d+)").matcher(line.substring(0, line.indexOf("bad")));
        while (one.find()) {
            flags.merge(one.group(1), Integer.parseInt(one.group(2)), Integer::sum);
        }
        return flags;
    }

    private static Map<String, Integer> flags(String file, List<Said> accepted) {
        Map<String, Integer> flags = new TreeMap<>();
        for (Said said : accepted) {
            if (file.contains("NEM13")) {
                flags.merge(said.value("CURRENT_QUALITY").substring(0, 1), 1, Integer::sum);
                continue;
            }
            String own = said.value("QUALITY_METHOD").substring(0, 1);
            List<String[]> points = said.piece().children().get(0);
            int quality = said.layout().child("values").indexOf("QUALITY");
            flags.merge(own, points.size(), Integer::sum);
            if (own.equals("V")) {
                points.forEach(point -> flags.merge("400:" + point[quality], 1, Integer::sum));
            }
        }
        return flags;
    }
}
