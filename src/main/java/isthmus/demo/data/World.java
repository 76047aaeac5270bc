package isthmus.demo.data;

import isthmus.demo.truth.CanonicalJson;
import isthmus.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A pretend utility. Everything comes from the seed: the same options write the same rows, the same files byte by byte,
 * and the same truth.
 */
public final class World {
    private World() {}

    /**
     * Creates and fills the billing tables and writes everything else under the directory: {@code sftp/out},
     * {@code crm}, {@code tide}, {@code truth.jsonl.gz}, {@code truth}, {@code faults.json}.
     */
    public static void write(WorldOptions options, Connection billing, Path dir, Consumer<String> progress)
            throws IOException, SQLException {
        Files.createDirectories(dir);
        Town town = new Town(options);
        Curves curves = new Curves(options);
        Plan plan = new Plan(options);
        Quarter quarter = new Quarter(options, town);
        try (Truth truth = Truth.create(dir.resolve("truth.jsonl.gz"));
                Contradictions found = Contradictions.create(dir.resolve("truth"));
                Tide tide = Tide.create(dir.resolve("tide"))) {
            Ledger ledger = new Ledger(truth);
            new Billing(town, quarter, curves, plan, new Desk(billing), tide, ledger, found).write(progress);
            new Crm(town, quarter, plan, ledger, found).write(dir.resolve("crm"), tide.crm(), progress);
            Outgoing outgoing = new Outgoing(dir.resolve("sftp").resolve("out"), tide.files(), ledger);
            new Metering(town, curves, plan, options, ledger, outgoing).write(progress);
            new QuarterMetering(quarter, new Meters(town), curves, outgoing, found).write();
            Files.writeString(dir.resolve("faults.json"), planted(ledger) + "\n");
        }
    }

    private static String planted(Ledger ledger) {
        Map<String, Object> counts = new TreeMap<>();
        ledger.planted().forEach((fault, times) -> counts.put(fault.code(), times));
        return CanonicalJson.of(counts);
    }

    /** Lets the second tide in: late rows, updated rows, files sent again; once, however often it is asked for. */
    public static void tide(Connection billing, Path dir) throws IOException, SQLException {
        Tide.letIn(dir.resolve("tide"), billing, dir.resolve("sftp").resolve("out"), dir.resolve("crm"));
    }
}
