package isthmus.hostile;

import isthmus.feed.Broker;
import isthmus.security.seal.MasterKeys;
import isthmus.serve.door.Provider;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** One hub that runs, among real servers that are full of bad inputs. */
final class Siege implements AutoCloseable {
    /** What nobody may read who looks at the process: passwords, keys and names of persons. */
    static final List<String> SECRETS =
            List.of("open-sesame", "k".repeat(32), key(), HostileInputTest.CANARY, "张三", "'; DROP", "<script>");

    final Path root = Files.createTempDirectory("isthmus-siege");
    final Store store = Store.fresh();
    final Broker broker = new Broker();
    final Provider provider = new Provider();
    final Askers askers = new Askers(provider);
    final Lure lure = new Lure();
    final Folders folders = new Folders(root.resolve("home"));
    final SoapWay soap = new SoapWay(folders, lure, store);
    final ListingWay listing = new ListingWay(folders, store);
    final DocumentWay documents = new DocumentWay(folders, root.resolve("documents"), lure, store);
    final FileWay files = new FileWay(folders, root.resolve("files"), store);
    final RunningHub hub;
    final QuestionWay questions;

    private final Map<String, Way> ways = new HashMap<>();

    Siege() throws Exception {
        RowWay rows = new RowWay(store);
        folders.payments("billing");
        hub = RunningHub.start(folders.home, environment(rows));
        soap.against(hub);
        listing.against(hub);
        questions = new QuestionWay(hub, askers, provider);
        List.of("line", "meter", "file", "name").forEach(way -> ways.put(way, files));
        List.of("customer", "soap").forEach(way -> ways.put(way, soap));
        List.of("listing", "ftp").forEach(way -> ways.put(way, listing));
        List.of("json", "xml").forEach(way -> ways.put(way, documents));
        List.of("http", "token", "matrix").forEach(way -> ways.put(way, questions));
        ways.put("row", rows);
        ways.put("route", new RouteWay(folders, hub, askers));
        ProcessWay process = new ProcessWay(this);
        ways.put("again", process);
        ways.put("process", process);
        ways.put("person", new PersonWay(this));
        hub.awaitUp();
    }

    private Map<String, String> environment(RowWay rows) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ISTHMUS_STORE_URL", store.url());
        environment.put("ISTHMUS_STORE_USER", "postgres");
        environment.put("ISTHMUS_STORE_PASSWORD", "postgres");
        environment.put("ISTHMUS_KAFKA", broker.bootstrap());
        environment.put("ISTHMUS_HMAC_KEY", key());
        environment.put("ISTHMUS_SEAL_KEY", MasterKeys.NOBODYS);
        environment.put("ISTHMUS_AUDIT_EVERY", "PT1S");
        environment.put("ISTHMUS_SECURITY_MODE", "oidc");
        environment.put("ISTHMUS_SECURITY_ISSUER", provider.issuer());
        // So few that a thousand questions in a row are too many on any machine.
        environment.put("ISTHMUS_SERVE_RATE", "20");
        environment.put("ISTHMUS_SERVE_BURST", "200");
        environment.put("CRM_URL", lure.address() + "/crm");
        environment.putAll(SoapWay.environment());
        environment.putAll(rows.environment());
        environment.putAll(files.environment());
        environment.putAll(listing.environment());
        return environment;
    }

    private static String key() {
        return Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
    }

    Way way(BadInput input) {
        Way way = ways.get(input.way());
        if (way == null) {
            throw new IllegalStateException("no way " + input.way());
        }
        return way;
    }

    /** What no bad input may bring about, whichever it is. */
    List<String> troubles() throws IOException {
        List<String> troubles = new ArrayList<>();
        String log = hub.log();
        if (!hub.isAskedToEnd() && !hub.isUp()) {
            troubles.add("the hub does not answer");
        }
        log.lines()
                .filter(line -> line.startsWith("\tat ") || line.contains("OutOfMemoryError"))
                .findFirst()
                .ifPresent(line -> troubles.add("in the log: " + line));
        lure.visits.forEach(visit -> troubles.add("somebody followed a lure: " + visit));
        listing.askedAmiss().forEach(command -> troubles.add("asked of the server of files: " + command));
        if (listing.strangers() > 0) {
            troubles.add("data were asked for at another machine");
        }
        if (store.count("run where state = 'red'") > 0) {
            troubles.add("a run whose pieces do not add up");
        }
        return troubles;
    }

    @Override
    public void close() throws IOException {
        hub.close();
        Files.writeString(Path.of("target/hostile-hub.log"), hub.log());
        soap.close();
        listing.close();
        files.close();
        broker.close();
        provider.close();
        lure.close();
        FileSystemUtils.deleteRecursively(root);
    }
}
