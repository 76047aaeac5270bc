package isthmus.hostile;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.audit.AuditTrail;
import isthmus.audit.AuditTrail.Filter;
import isthmus.chaos.IslandsProcess;
import isthmus.security.Role;
import isthmus.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What is done to the process, to its feed and to its audit, and what can be read of it. */
final class ProcessWay implements Way {
    private static final int IDLE = 1_000;
    private static final int READS = 1_000;
    private static final int TERMINATED = 143;

    private final Siege siege;
    private final RunningHub hub;
    private final Store store;

    ProcessWay(Siege siege) {
        this.siege = siege;
        hub = siege.hub;
        store = siege.store;
    }

    @Override
    public String outcome(BadInput input) throws Exception {
        return switch (input.sent()) {
            case "1,000 idle sockets" -> idle("");
            case "50 heads that come byte by byte" -> idle("GET / HTTP/1.1\r\nX-Slow: ");
            case "1,000 reads of persons" -> reads();
            case "reads of a person in clear, again and again" -> readsInClear();
            case "an event without value" -> told("{\"id\":\"x\"}", null, 1);
            case "an event without key" -> told(null, "{}", 1);
            case "an event of another schema" -> told("x", "{\"dataschema\":\"urn:none\",\"id\":1}", 1);
            case "an event that is no JSON" -> told("x", "\u0000\u0001\u0002", 1);
            case "an event of 900 kB" -> told("x", "x", 900_000);
            case "the command line" -> found(commandLine());
            case "the log" -> found(hub.log());
            case "metrics" -> found(hub.told("/actuator/prometheus", viewer()).body());
            case "health" -> found(hub.told("/actuator/health", viewer()).body());
            case "threads" -> found(threads());
            case "hints and errors" -> found(hints());
            case "a log with other lines than its own" -> forged();
            case "an entry of the audit that was edited" -> edited();
            case "a clock that was put back" -> putBack();
            case "an old page of the feed" -> again();
            case "flags of the process" ->
                said("VM.flags").contains("+HeapDump") ? "one is written" : "none is written";
            case "files" -> siege.listing.areAllReadOnceTheyBehave() ? "all read" : "";
            case "answers" -> siege.soap.areAllReadOnceTheyAreSound() ? "all read" : "";
            case "U+FFFD in the store" -> replacements();
            case "SIGTERM during an export" -> cut();
            default -> throw new IllegalArgumentException("no recipe " + input.sent());
        };
    }

    private String viewer() {
        return siege.askers.token("watcher", Role.VIEWER);
    }

    /** Many connections that ask nothing, or never all of it, and one that asks. */
    private String idle(String head) throws IOException {
        URI address = URI.create(hub.address());
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < (head.isEmpty() ? IDLE : 50); i++) {
                Socket socket = new Socket(address.getHost(), address.getPort());
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            long before = System.nanoTime();
            boolean isUp = hub.isUp();
            boolean isQuick = Duration.ofNanos(System.nanoTime() - before).toSeconds() < 5;
            return isUp && isQuick ? "others are served" : "others wait";
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private String reads() throws IOException {
        String token = siege.askers.token("mass", Role.PRIVACY_OFFICER);
        for (int i = 0; i < READS; i++) {
            var answer = hub.get("/api/v1/customer?limit=1", token);
            if (answer.statusCode() != 200) {
                return answer.statusCode() + (answer.body().contains("API-RATE") ? " API-RATE" : "");
            }
        }
        return "200";
    }

    /** Each is in the audit, and once that there were too many. */
    private String readsInClear() throws IOException {
        String token = siege.askers.token("mass-in-clear", Role.PRIVACY_OFFICER);
        String id = store.sql
                .sql("select id from record_customer where not deleted order by id limit 1")
                .query(String.class)
                .single();
        String path = "/api/v1/customer/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        String[] why = {"Isthmus-Purpose", "complaint", "Isthmus-Ticket", "CS-1"};
        int told = 0;
        var answer = hub.get(path, token, why);
        for (int asked = 0; asked < 20 * READS && !answer.body().contains("an hour"); asked++) {
            // Who is merely too quick is let in again a moment later.
            told += answer.statusCode() == 200 ? 1 : 0;
            answer = hub.get(path, token, why);
        }
        List<Integer> audited = Stream.of("personal.read", "personal.refused")
                .map(action -> store.sql
                        .sql("select count(*) from audit where actor = 'mass-in-clear' and action = ?")
                        .param(action)
                        .query(Integer.class)
                        .single())
                .toList();
        String reason = answer.body().contains("API-RATE") ? " API-RATE" : "";
        return answer.statusCode() + reason + (audited.equals(List.of(told, 1)) ? ", all audited" : ", " + audited);
    }

    /** Nobody who writes to the hub's topics tells it anything. */
    private String told(String key, String value, int times) throws Exception {
        long records = store.count("record where not id like '%-copy-%'");
        java.util.Map<String, Object> settings = java.util.Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                siege.broker.bootstrap(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "gzip");
        try (var producer =
                new KafkaProducer<byte[], byte[]>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("isthmus.payment.v1", bytes(key, 1), bytes(value, times)))
                    .get();
        } catch (ExecutionException refused) {
            return refused.getCause() instanceof InvalidRecordException ? "refused by the broker" : "not written";
        }
        boolean isWell = hub.isUp() && hub.log().lines().noneMatch(line -> line.contains("isthmus.payment.v1"));
        return isWell && store.count("record where not id like '%-copy-%'") >= records ? "not read" : "read";
    }

    private static byte[] bytes(String text, int times) {
        return text == null ? null : text.repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private String commandLine() throws IOException {
        return Files.readString(Path.of("/proc/" + hub.pid() + "/cmdline"));
    }

    /** A reader that is shown the same page twice has each event once, by its id. */
    private String again() throws IOException {
        String token = siege.askers.token("consumer of payment");
        Set<String> ids = new TreeSet<>();
        int events = 0;
        for (int i = 0; i < 2; i++) {
            for (String line : hub.get("/feed/v1/payment?from=beginning&limit=5", token)
                    .body()
                    .lines()
                    .toList()) {
                if (line.contains("\"specversion\"")) {
                    events++;
                    ids.add(line.replaceAll(".*\"id\":\"([0-9a-f-]+)\".*", "$1"));
                }
            }
        }
        return events > 0 && events == 2 * ids.size() ? "known by its ids" : events + " events, " + ids.size() + " ids";
    }

    private String threads() throws Exception {
        return said("Thread.print");
    }

    private String said(String command) throws Exception {
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(hub.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String hints() {
        return String.join(
                "\n",
                store.sql
                        .sql("select hint from quarantine union all select coalesce(error, '') from run")
                        .query(String.class)
                        .list());
    }

    private static String found(String text) {
        if (text.isEmpty()) {
            return "empty";
        }
        for (String secret : Siege.SECRETS) {
            if (text.contains(secret)) {
                return "holds " + secret.charAt(0) + "…";
            }
        }
        return "nothing of it";
    }

    /** Every line of a log begins as its own do, and holds nothing that a terminal would act upon. */
    private String forged() throws IOException {
        List<String> strange = hub.log()
                .lines()
                .filter(line -> !line.matches("[0-9:.]{12} [A-Z]+ .*") || line.matches(".*[\\p{Cc}\\p{Cf}].*"))
                .filter(line -> !line.equals("The hub is up; Ctrl-C ends it."))
                .toList();
        return strange.isEmpty() ? "its own lines" : strange.toString();
    }

    private String replacements() {
        return store.count("record where body::text like '%\uFFFD%'") == 0 ? "nowhere" : "somewhere";
    }

    private String edited() throws Exception {
        new Audit(store.source, Clock.systemUTC())
                .write(List.of(
                        new Deed("operator", "test", "one", "as it was"), new Deed("operator", "test", "two", "more")));
        Path folder = siege.root.resolve("audit");
        new AuditTrail(store.source).export(folder);
        if (verified(folder) != 0) {
            return "altered before anybody did";
        }
        Path log = folder.resolve("audit.jsonl");
        Files.writeString(log, Files.readString(log).replaceFirst("as it was", "as it is"));
        return verified(folder) == 1 ? "found" : "not found";
    }

    private static int verified(Path folder) throws Exception {
        List<String> command = new ArrayList<>(IslandsProcess.java("64m"));
        command.addAll(List.of("-cp", "target/classes", "isthmus.audit.proof.Verify", folder.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private String putBack() {
        Instant before = Instant.now().minusSeconds(3_600);
        new Audit(store.source, Clock.fixed(before, ZoneOffset.UTC))
                .write(List.of(new Deed("operator", "test", "clock", "an hour before")));
        return new AuditTrail(store.source)
                        .before(Long.MAX_VALUE, new Filter(null, "clock.back", null), 5)
                        .isEmpty()
                ? "not noted"
                : "noted";
    }

    /** The hub is asked to end while somebody reads; no next question after this one. */
    private String cut() throws Exception {
        String id = Kept.id("billing", "payment", RowWay.GOOD);
        store.sql.sql("""
                        insert into record (entity, id, silo, sequence, deleted, contenthash, keyhash, rowhash, time,
                            partitionkey, valid_from, valid_to, recorded_from, chunk, ordinal, mapping, body)
                        select entity, id || '-copy-' || n, silo, sequence, deleted, contenthash, keyhash, rowhash, time,
                            partitionkey, valid_from, valid_to, recorded_from, chunk, ordinal, mapping, body
                        from record, generate_series(1, 100000) n where id = ?""").param(id).update();
        URI address = URI.create(hub.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/payment/export HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                    + siege.askers.token("consumer of *") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String begin = new String(in.readNBytes(20_000), StandardCharsets.UTF_8);
            hub.askToEnd();
            String rest = rest(in);
            int code = hub.end();
            boolean isWhole = rest.contains("\"end\":true");
            boolean isTakenForWhole = !isWhole && rest.contains("\r\n0\r\n");
            boolean isBegun = begin.startsWith("HTTP/1.1 200");
            String end =
                    isTakenForWhole ? "taken for whole" : code == TERMINATED ? "whole or cut" : "ends with " + code;
            try (Stream<Path> left = Files.walk(hub.temporary)) {
                List<Path> files = left.filter(Files::isRegularFile).toList();
                return !isBegun ? begin : end + (files.isEmpty() ? "" : " and leaves " + files);
            }
        }
    }

    private static String rest(InputStream in) {
        StringBuilder rest = new StringBuilder();
        byte[] some = new byte[1 << 16];
        try {
            for (int n = in.read(some); n > 0; n = in.read(some)) {
                rest.setLength(Math.min(rest.length(), 200));
                rest.append(new String(some, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException cut) {
            rest.append("reset");
        }
        return rest.toString();
    }
}
