package isthmus.catalog;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one {@code system.yaml} with the files beside it. */
final class SystemReader {
    /** What files are cut at; in other charsets these are other bytes. */
    private static final String SIGNS = "\n\r,;\"0A";

    static final List<String> KEYS =
            List.of("system", "title", "owner", "transport", "zone", "charset", "every", "connection", "pulls");

    private final Path folder;
    private final Section card;
    private final Problems problems;
    private final Function<String, @Nullable String> environment;
    private final Map<String, Section> bodies = new LinkedHashMap<>();

    SystemReader(Path folder, Section card, Problems problems, Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.card = card;
        this.problems = problems;
        this.environment = environment;
    }

    LegacySystem read() throws IOException {
        LegacySystem head = card();
        Transport kind = Transport.named(head.transport());
        List<Pull> pulls = pulls(kind);
        card.rejectUnknown();
        if (kind != null) {
            for (Pull pull : pulls) {
                new RouteCheck(head.name(), pull, folder, problems).check();
                new QueryCheck(pull, bodies.getOrDefault(pull.name(), card), folder, problems).check();
            }
        }
        List<MappingSpec> mappings = MappingReader.read(head.name(), folder, pulls, problems);
        return new LegacySystem(
                head.name(),
                folder,
                head.transport(),
                head.zone(),
                head.charset(),
                head.every(),
                head.connection(),
                pulls,
                mappings);
    }

    /** Who the system is and how it is reached. */
    LegacySystem card() {
        String name = name();
        card.text("title");
        card.text("owner");
        String transport = new Variables(environment)
                .resolve(card, "transport", card.required("transport", "one of " + Transport.names()));
        Transport kind = Transport.named(transport);
        if (kind == null && !transport.isEmpty()) {
            card.problem("transport", "unknown transport " + transport, "one of " + Transport.names());
        }
        ZoneId zone = zone();
        Charset charset = charset();
        Duration every = duration(card, "every", Duration.ofMinutes(1));
        Map<String, String> connection = new ConnectionReader(card.section("connection"), kind, environment).read();
        String wsdl = connection.get("wsdl");
        if (wsdl != null && (!wsdl.matches("[A-Za-z0-9._-]+") || !Files.isRegularFile(folder.resolve(wsdl)))) {
            card.section("connection").problem("wsdl", "missing " + wsdl, "put the contract into this folder");
        }
        return new LegacySystem(name, folder, transport, zone, charset, every, connection, List.of(), List.of());
    }

    void checkSamples(LegacySystem system) throws IOException {
        new SampleCheck(folder, system.pulls(), bodies, problems).check();
    }

    private String name() {
        String name = card.required("system", "the folder's name");
        String folderName = String.valueOf(folder.getFileName());
        if (!name.isEmpty() && !name.equals(folderName)) {
            card.problem("system", "system " + name + " lies in folder " + folderName, "give both one name");
        }
        if (!name.isEmpty() && !name.matches("[a-z][a-z0-9-]{0,30}")) {
            card.problem("system", "system is not a plain name: " + name, "lower-case letters, digits, hyphens");
        }
        return name;
    }

    private ZoneId zone() {
        String text = card.required("zone", "the zone of its naive times, for example Asia/Shanghai; no default");
        try {
            return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException fault) {
            card.problem("zone", "unknown zone " + text, "an IANA name such as Asia/Shanghai");
            return ZoneOffset.UTC;
        }
    }

    private Charset charset() {
        String text = card.required("charset", "the charset of its bytes, for example GB18030; no default");
        try {
            Charset charset = text.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(text);
            boolean isRead = charset.canEncode()
                    && Arrays.equals(SIGNS.getBytes(charset), SIGNS.getBytes(StandardCharsets.US_ASCII));
            if (!isRead) {
                card.problem("charset", text + " cannot be cut at line ends by bytes", "have it converted to UTF-8");
            }
            return charset;
        } catch (IllegalArgumentException fault) {
            card.problem("charset", "unknown charset " + text, "a name that Java knows, such as GB18030");
            return StandardCharsets.UTF_8;
        }
    }

    private List<Pull> pulls(@Nullable Transport kind) {
        Section section = card.section("pulls");
        Map<String, Pull> pulls = new LinkedHashMap<>();
        for (String name : section.keys()) {
            if (!name.matches("[a-z][a-z0-9]{0,30}")) {
                section.problem(name, "pull is not a plain name: " + name, "lower-case letters and digits");
            }
            if (!Files.isRegularFile(folder.resolve(name + ".camel.yaml"))) {
                section.problem(name, "missing " + name + ".camel.yaml", "the route of pull " + name);
            }
            Section body = section.section(name);
            Pull pull = new PullReader(name, body, kind, folder).read();
            pulls.putIfAbsent(name, pull);
            if (kind != null) {
                kind.check(pull, body, folder);
            }
            bodies.put(name, body);
        }
        if (pulls.isEmpty()) {
            card.problem("pulls", "no pulls", "at least one: a query, a kind of file, an operation");
        }
        return new ArrayList<>(pulls.values());
    }

    /** An ISO 8601 duration that is positive; a fault gives the default. */
    static Duration duration(Section section, String key, Duration otherwise) {
        String text = section.text(key);
        if (text == null) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative()) {
                section.problem(key, key + " is negative: " + text, "for example PT30S");
                return otherwise;
            }
            return duration;
        } catch (DateTimeException fault) {
            section.problem(key, key + " is not a duration: " + text, "ISO 8601, for example PT30S");
            return otherwise;
        }
    }
}
