package isthmus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingReaderTest {
    private static final Pull PULL = new Pull(
            "payment",
            List.of("payment"),
            List.of("PAY_ID"),
            null,
            List.of(column("PAY_ID"), column("CONS_NO"), column("PAY_AMT"), column("KIND"), column("T")),
            Map.of("lines", List.of(column("AMT"), column("KIND"))),
            Map.of());

    @TempDir
    Path folder;

    private static Column column(String name) {
        return new Column(name, "text", 0, false);
    }

    @BeforeEach
    void writeATable() throws IOException {
        Files.createDirectory(folder.resolve("codes"));
        Files.writeString(folder.resolve("codes/P.KIND.csv"), "code,value,comment\n1,one,\"first, of two\"\n");
    }

    private List<String> faults(String mapping) throws IOException {
        Problems problems = new Problems();
        Files.writeString(folder.resolve("payment.mapping.yaml"), mapping);
        MappingReader.read("pay", folder, List.of(PULL), problems);
        return problems.all().stream()
                .map(fault -> fault.substring(folder.toString().length() + 1))
                .toList();
    }

    @Test
    void readsAGoodMapping() throws IOException {
        assertThat(faults("""
                        from: payment      # comments are welcome
                        version: 1
                        id: "{PAY_ID}"
                        changed: {column: T}
                        money: amount
                        fields:
                          amount: {money: PAY_AMT}
                          kind?:  {code: KIND, table: P.KIND}
                          lines:  {each: lines, where: KIND = 1, object: {amount: {money: AMT}}}
                        checks:
                          - {sum: lines/amount, equals: amount, flag: BIL-SUM}
                        """)).isEmpty();
    }

    @Test
    void tellsEveryFaultWithItsLine() throws IOException {
        List<String> faults = faults("""
                from: payment
                version: 1
                id: "{PAY_NO}/x"
                changed: {column: LAST}
                colour: red
                money: total
                fields:
                  amount:  {money: AMOUNT}
                  kind:    {code: KIND, table: P.SORT}
                  other:   {code: CONS_NO, table: P.KIND}
                  flag:    {boolean: KIND, yes: [1]}
                  day:     {datum: T}
                  size:    {integer: KIND, from: one}
                  text:    {text: KIND, longest: 3}
                  lines:   {each: rows, object: {a: {money: AMT}}}
                  details: {each: lines, object: {a: {money: PAY_AMT}}}
                  owner:   {ref: account, key: "x"}
                checks:
                  - {sum: lines/amount, equals: amount, flag: NO-SUCH}
                """);

        assertThat(faults.stream().map(fault -> fault.replaceAll("(yaml:[0-9]+: [^:]*).*", "$1")))
                .contains(
                        "payment.mapping.yaml:3: unknown column PAY_NO",
                        "payment.mapping.yaml:4: unknown column LAST",
                        "payment.mapping.yaml:5: unknown field colour",
                        "payment.mapping.yaml:6: no field total",
                        "payment.mapping.yaml:8: unknown column AMOUNT",
                        "payment.mapping.yaml:9: no code table P.SORT",
                        "payment.mapping.yaml:10: P.KIND is not a table of CONS_NO",
                        "payment.mapping.yaml:11: a boolean without yes and no",
                        "payment.mapping.yaml:12: unknown conversion in [datum]",
                        "payment.mapping.yaml:13: not a whole number",
                        "payment.mapping.yaml:14: unknown field longest",
                        "payment.mapping.yaml:15: no child table rows",
                        "payment.mapping.yaml:16: unknown column PAY_AMT",
                        "payment.mapping.yaml:17: a key of no column",
                        "payment.mapping.yaml:19: no reason NO_SUCH");
    }

    @Test
    void tellsFaultsOfCodeTables() throws IOException {
        Files.writeString(
                folder.resolve("codes/P.KIND.csv"), "code,value,comment\n1,one,\n1,two,\n2,not a code,\n3,three\n");
        Files.writeString(folder.resolve("codes/LONELY.csv"), "code,value\n");

        assertThat(
                        faults(
                                "from: payment\nversion: 1\nid: \"{PAY_ID}\"\nchanged: {column: T}\nfields: {a: {money: PAY_AMT}}\n"))
                .extracting(fault -> fault.replaceAll(":[^:]*$", ""))
                .containsExactly(
                        "codes/LONELY.csv: a code table of no column",
                        "codes/LONELY.csv:1: not the header of a code table",
                        "codes/P.KIND.csv:3: code twice: 1",
                        "codes/P.KIND.csv:4: not a line of a code table",
                        "codes/P.KIND.csv:5: not a line of a code table");
    }

    @Test
    void missesTheMappingOfAnEntityThatIsOffered() {
        Problems problems = new Problems();

        MappingReader.read("pay", folder, List.of(PULL), problems);

        assertThat(problems.all()).hasSize(1).first().asString().contains("system.yaml", "payment");
    }
}
