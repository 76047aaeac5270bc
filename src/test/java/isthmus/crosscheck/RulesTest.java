package isthmus.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.catalog.ConfigurationFault;
import isthmus.catalog.Problems;
import isthmus.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule is read strictly: whatever is wrong is told with file, line, reason and hint, before anything starts. */
class RulesTest {
    private static final Set<String> SYSTEMS = Set.of("till", "meter");
    private static final String RULE = """
            code: X-PAID
            title: Payments over nothing
            severity: warning
            owner: till
            limit: 3
            tolerance: {of: money, abs: 1.00, graceDays: 2}
            parameters:
              least: 5
            price: 0.55
            sql: |
              select payment_no as subject, amount as money, 'paid' as cause,
                     account_no
              from v_payment
              where amount > :least and paid_at < :asOf
            population: |
              select count(*) from v_payment
            explain: |
              account {account_no}
            causes:
              paid: There is a payment of {money}.
            """;

    @TempDir
    Path config;

    @BeforeEach
    void thereIsAFolder() throws IOException {
        Files.createDirectories(config.resolve("reconciliation"));
    }

    @Test
    void aSoundRuleHasNoFaultAndTheStoreTakesIt() throws IOException {
        assertThat(lint(RULE)).isEmpty();

        Rules.read(config, SYSTEMS).prove(Store.fresh().source);
    }

    @Test
    void othersMayAskForTheNumbersOfACheck() throws IOException {
        lint(RULE);
        Rules rules = Rules.read(config, SYSTEMS);

        assertThat(rules.graceDays("X-PAID")).hasValue(2);
        assertThat(rules.parameter("X-PAID", "least")).hasValue(new BigDecimal("5"));
        assertThat(rules.parameter("X-PAID", "most")).isEmpty();
        assertThat(rules.graceDays("X-NONE")).isEmpty();
        assertThat(rules.parameter("X-NONE", "least")).isEmpty();
    }

    @Test
    void withoutAFolderThereAreNoRules() throws IOException {
        Files.delete(config.resolve("reconciliation"));

        assertThat(Rules.read(config, SYSTEMS).all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    code: X-PAID               | code: X-OTHER              | 1  | code is not the file's name: X-OTHER
                    title: Payments over nothing | titel: x                 | 1  | missing title
                    severity: warning          | severity: fatal            | 3  | unknown severity fatal
                    owner: till                | owner: atlantis            | 4  | owner atlantis is no system
                    limit: 3                   | limit: few                 | 5  | limit is no number: few
                    of: money                  | of: water                  | 6  | unknown of water
                    abs: 1.00                  | abs: 1e3                   | 6  | abs is no number: 1e3
                    abs: 1.00                  | rel: 5                     | 6  | rel is no number: 5
                    abs: 1.00                  | rel: 5%                    | 6  | a share of money
                    graceDays: 2               | graceDays: 1.5             | 6  | graceDays is no number of days: 1.5
                    graceDays: 2               | grace: 2                   | 6  | unknown field grace
                    least: 5                   | most: 5                    | 8  | nobody asks for parameter most
                    price: 0.55                | price: cheap               | 9  | price is no number: cheap
                    from v_payment             | from record                | 13 | a table: record
                    > :least                   | > :leest                   | 14 | unknown parameter :leest
                    < :asOf                    | < :asOf; select 1          | 14 | more than one statement
                    < :asOf                    | < pg_sleep(9)              | 14 | not for a rule: pg_sleep
                    select payment_no          | delete payment_no          | 11 | not for a rule: delete
                    amount as money            | amount::float8 as money    | 11 | a double
                    select count(*)            | explain select count(*)    | 16 | not a query
                    {account_no}               | {acount_no}                | 17 | {acount_no} is no column of the query
                    paid: There                | payed: There               | 20 | the query never gives cause payed
                    {money}.                   | {cash}.                    | 20 | {cash} is no column of the query
                    causes:                    | cases:                     | 19 | unknown field cases
                    """)
    void aFaultIsToldWithItsLine(String right, String wrong, int line, String reason) throws IOException {
        List<Problems.Fault> faults = lint(RULE.replaceFirst("\\Q" + right + "\\E", wrong.replace("\\", "")));

        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.reason()).startsWith(reason);
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.file()).endsWith("reconciliation/X-PAID.yaml");
            assertThat(fault.hint()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    from v_payment          | from v_paiment               | 13 | relation "v_paiment" does not exist
                    account_no\\n           | acount_no as account_no\\n   | 12 | column "acount_no" does not exist
                    'paid' as cause         | 'paid' as case_              | 11 | the query gives no cause
                    amount as money         | count(*) as money            | 11 | column "v_payment.payment_no" must appear
                    amount as money         | 1::bigint as money           | 11 | column money is not numeric
                    select count(*) from    | select count(*) fron         | 16 | syntax error
                    """)
    void whatOnlyTheStoreKnowsIsToldWithItsLineToo(String right, String wrong, int line, String reason)
            throws IOException {
        String text = RULE.replaceFirst("\\Q" + right.replace("\\n", "\n") + "\\E", wrong.replace("\\n", "\n"));
        assertThat(lint(text)).isEmpty();

        assertThatThrownBy(() -> Rules.read(config, SYSTEMS).prove(Store.fresh().source))
                .isInstanceOfSatisfying(
                        ConfigurationFault.class,
                        fault -> assertThat(fault.faults())
                                .anySatisfy(told -> assertThat(told).contains("X-PAID.yaml:" + line + ": " + reason)));
    }

    @Test
    void allFaultsAreToldAtOnce() throws IOException {
        List<Problems.Fault> faults = lint(RULE.replace("warning", "fatal")
                .replace("owner: till", "owner: x")
                .replace("title:", "tittle:"));

        assertThat(faults).hasSize(4);
    }

    @Test
    void aFileThatIsNoRuleIsAFault() throws IOException {
        Files.writeString(config.resolve("reconciliation/X-PAID.yml"), RULE);

        assertThat(Rules.lint(config, SYSTEMS))
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).isEqualTo("not a rule"));
    }

    /** Each line of each rule that is shipped, its first name misspelt: lint names the line, or the store does. */
    @Test
    void everyMisspeltLineOfEveryRuleIsNamed() throws IOException {
        List<String> missed = new ArrayList<>();
        int broken = 0;
        try (var files = Files.list(RuleSamplesTest.CONFIG.resolve("reconciliation"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                Path copy = config.resolve("reconciliation")
                        .resolve(file.getFileName().toString());
                for (int i = 0; i < lines.size(); i++) {
                    if (!lines.get(i).matches("[a-z]+:.*")) {
                        continue;
                    }
                    List<String> changed = new ArrayList<>(lines);
                    changed.set(i, "x" + lines.get(i));
                    Files.write(copy, changed);
                    broken++;
                    int line = i + 1;
                    if (Rules.lint(config, RuleSamplesTest.SYSTEMS).stream().noneMatch(fault -> fault.line() == line)) {
                        missed.add(file.getFileName() + ":" + line);
                    }
                }
                Files.delete(copy);
            }
        }

        assertThat(missed).isEmpty();
        assertThat(broken).isGreaterThan(100);
    }

    private List<Problems.Fault> lint(String text) throws IOException {
        Files.writeString(config.resolve("reconciliation/X-PAID.yaml"), text);
        return Rules.lint(config, SYSTEMS);
    }
}
