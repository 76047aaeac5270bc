package isthmus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The folder of a new system: an example that lints, passes its samples and runs against the demo. */
final class Scaffold {
    private static final String FROM = "/isthmus/new/";
    private static final Map<String, List<String>> FILES = Map.of(
            "jdbc",
            List.of(
                    "payment.sql",
                    "payment.mapping.yaml",
                    "codes/PAYMENT.CHANNEL.csv",
                    "codes/PAYMENT.STATUS_CODE.csv",
                    "samples/a-payment-at-the-counter.in.json",
                    "samples/a-payment-with-a-comma-is-refused.in.json"),
            "files",
            List.of(
                    "registerreading.mapping.yaml",
                    "samples/a-reading-at-midnight.in.json",
                    "samples/a-reading-in-words-is-refused.in.json"),
            "soap",
            List.of(
                    "CustomerService.wsdl",
                    "customer.request.xml",
                    "customer.mapping.yaml",
                    "codes/customer.status.csv",
                    "codes/customer.customerType.csv",
                    "samples/a-person.in.json",
                    "samples/a-person-without-name-is-refused.in.json"));
    private static final Map<String, String> PULLS = Map.of("jdbc", "payment", "files", "reading", "soap", "customer");
    private static final Map<String, List<String>> CONNECTIONS = Map.of(
            "jdbc", List.of("url", "user", "password"),
            "sftp", List.of("host", "port", "user", "password", "hostKey"),
            "ftp", List.of("host", "port", "user", "password"),
            "ftps", List.of("host", "port", "user", "password", "certificate"),
            "file", List.of("folder"),
            "soap", List.of("url", "user", "password"));
    private static final String SOAP = """
            wsdl: CustomerService.wsdl
            namespace: http://crm.example/customer/v1
            service: CustomerService
            port: CustomerServicePort
            """;

    private final String system;
    private final String transport;
    private final String kind;

    Scaffold(String system, String transport) {
        this.system = system;
        this.transport = transport;
        this.kind = FILES.containsKey(transport) ? transport : "files";
    }

    static List<String> transports() {
        return CONNECTIONS.keySet().stream().sorted().toList();
    }

    /** What an environment variable of a system is called. */
    static String variable(String system, String setting) {
        String prefix = system.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        return prefix + setting.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    /** Every setting of the connection, and the variable that it is read from. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        CONNECTIONS
                .getOrDefault(transport, List.of())
                .forEach(setting -> variables.put(setting, variable(system, setting)));
        return variables;
    }

    /**
     * Writes the folder, which must not be there.
     *
     * @param bare true for a folder without an example
     */
    void write(Path folder, boolean bare) {
        try {
            Files.createDirectories(folder.resolve("samples"));
            Files.createDirectories(folder.resolve("codes"));
            String head = text("head.yaml").replace("@connection@", connection());
            String pulls = bare ? "pulls: {}\n" : text(kind + "/pulls.yaml");
            Files.writeString(folder.resolve("system.yaml"), head + "\n" + pulls);
            Files.writeString(folder.resolve("README.md"), text("README.md"));
            if (bare) {
                return;
            }
            for (String file : FILES.getOrDefault(kind, List.of())) {
                Files.writeString(folder.resolve(file), text(kind + "/" + file));
            }
            String pull = PULLS.getOrDefault(kind, "");
            Files.writeString(folder.resolve(pull + ".camel.yaml"), route(pull));
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot write " + folder, fault);
        }
    }

    /** The route of a pull. */
    String route(String pull) {
        return text(kind + ".camel.yaml").replace("@pull@", pull);
    }

    private String connection() {
        StringBuilder lines = new StringBuilder();
        variables()
                .forEach((setting, variable) -> lines.append("  ")
                        .append(setting)
                        .append(": \"${")
                        .append(variable)
                        .append("}\"\n"));
        return (transport.equals("soap") ? lines + SOAP.indent(2) : lines.toString()).stripTrailing();
    }

    private String text(String name) {
        try (InputStream in = Scaffold.class.getResourceAsStream(FROM + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@system@", system)
                    .replace("@transport@", transport);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
