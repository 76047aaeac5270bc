package isthmus.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.audit.Audit.By;
import isthmus.flow.Reload.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus reload}: asks the hub that runs on this machine to take in a system's folder as it is now. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = "Has the running hub swap one system's routes for what its folder says now, or say why not.")
final class ReloadCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** A pull under way may take three minutes to its next chunk. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Parameters(paramLabel = "SYSTEM", description = "The folder of routes/ that was changed, added or deleted.")
    private String system = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Where the hub serves health and metrics (default: as MANAGEMENT_SERVER_PORT or config/ say).")
    private @Nullable Integer port;

    @Mixin
    private Said said = new Said();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() throws InterruptedException {
        String hub = "127.0.0.1:" + (port == null ? configured(Home.here().config()) : port);
        HttpResponse<String> said = ask(URI.create("http://" + hub + "/actuator/reload"), hub);
        if (isTurnedAway(said)) {
            throw new Refusal(Exit.REFUSED, "The hub on " + hub + " wants a token with route:deploy in ISTHMUS_TOKEN.");
        }
        if (said.statusCode() == NOT_FOUND) {
            throw new Refusal(
                    Exit.REFUSED,
                    "The hub on " + hub + " takes no reloads: its config/application.yaml does not expose reload.");
        }
        Answer answer = read(said, hub);
        voice.answer(answer, ReloadText.of(answer));
        return said.statusCode() == FORBIDDEN ? Exit.REFUSED : ReloadText.exitCode(answer);
    }

    private HttpResponse<String> ask(URI door, String hub) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        try {
            By by = said.by();
            String question = JSON.writeValueAsString(Map.of("system", system, "by", by.actor(), "why", by.why()));
            HttpRequest.Builder request = HttpRequest.newBuilder(door)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(question));
            String token = System.getenv("ISTHMUS_TOKEN");
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException away) {
            throw new Refusal(Exit.CANNOT_REACH, "No hub answers on " + hub + "; is isthmus run up on this machine?");
        }
    }

    /** By the door, before anybody looked at the system. */
    private static boolean isTurnedAway(HttpResponse<String> said) {
        return said.statusCode() == UNAUTHORIZED
                || (said.statusCode() == FORBIDDEN
                        && said.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"));
    }

    private static Answer read(HttpResponse<String> said, String hub) {
        try {
            return JSON.readValue(said.body(), Answer.class);
        } catch (IOException stranger) {
            throw new Refusal(
                    Exit.CANNOT_REACH, "What answers on " + hub + " is no hub: status " + said.statusCode() + ".");
        }
    }

    /** As the hub itself would read it. */
    private static String configured(Path config) {
        StandardEnvironment environment = new StandardEnvironment();
        Path file = config.resolve("application.yaml");
        try {
            if (Files.isRegularFile(file)) {
                new YamlPropertySourceLoader()
                        .load("config", new FileSystemResource(file))
                        .forEach(environment.getPropertySources()::addLast);
            }
        } catch (IOException fault) {
            throw new Refusal(Exit.USAGE, "Cannot read " + file + ".");
        }
        String own = environment.getProperty("server.port", "8085");
        return environment.getProperty("management.server.port", own);
    }
}
