package isthmus.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Folders of routes that a hub is asked to take in while it runs. A row says {@code file: old => new}; of payments when the file
 * or the text is theirs, else of customers.
 */
final class RouteWay implements Way {
    private final Folders folders;
    private final RunningHub hub;
    private final String token;
    private final Map<Integer, String> answers = new HashMap<>();

    RouteWay(Folders folders, RunningHub hub, Askers askers) {
        this.folders = folders;
        this.hub = hub;
        token = askers.token("routes", Role.OPERATOR);
    }

    @Override
    public String outcome(BadInput input) throws Exception {
        String system = "route" + input.n();
        lay(input, system);
        JsonNode answer = hub.post("/actuator/reload", "{\"system\": \"" + system + "\"}", token);
        FileSystemUtils.deleteRecursively(folders.system(system));
        answers.put(input.n(), answer.path("faults").toString());
        boolean isRefused = answer.path("outcome").asText().equals("REFUSED")
                && answer.path("routes").isEmpty();
        return isRefused ? "CONFIG" : "taken in: " + answer;
    }

    @Override
    public String made(BadInput input) {
        return answers.getOrDefault(input.n(), "");
    }

    private void lay(BadInput input, String system) throws IOException {
        String[] where = input.sent().split(": ", 2);
        boolean isOfPayments = where[0].startsWith("payment") || where[1].contains("BILLING_URL");
        if (isOfPayments) {
            folders.payments(system);
        } else {
            folders.customers(system, "${CRM_URL}");
        }
        Path file = folders.system(system).resolve(where[0]);
        String before = Files.readString(file);
        String[] change = where[1].split(" => ", 2);
        String old = BadInput.unescaped(change[0].replace("{system}", system));
        if (!before.contains(old)) {
            throw new IllegalArgumentException("not in " + file + ": " + old);
        }
        String made = switch (change[1]) {
            case "10,000 of it" -> before + "- route: {id: x}\n".repeat(9_999);
            case "aliases of aliases" -> before + "\nx: " + bomb();
            case "100,000 levels" -> before + "\nx: " + "[".repeat(100_000) + "]".repeat(100_000);
            default -> before.replace(old, BadInput.unescaped(change[1].replace("{system}", system)));
        };
        Files.writeString(file, made);
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("\n  - &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("  - &a%d [%s]%n".formatted(i, ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1)));
        }
        return bomb.toString();
    }
}
