package isthmus.cli;

import isthmus.security.Role;
import isthmus.serve.door.DemoKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus token}: a token of a user of the demo, for curl. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints a token of the user of a role, for a hub in mode demo; good for twelve hours.")
final class TokenCommand implements Callable<Integer> {

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "viewer, consumer, operator, …")
    private String role = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the demo was started with --sign-in (default: ISTHMUS_SECURITY_DEMO_KEY names the key).")
    private @Nullable Path data;

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        Role chosen = Role.of(role)
                .orElseThrow(() -> new Refusal(
                        Exit.USAGE,
                        "There is no role " + role + "; there are "
                                + Arrays.stream(Role.values()).map(Role::word).toList() + "."));
        String named = System.getenv("ISTHMUS_SECURITY_DEMO_KEY");
        if (data == null && named == null) {
            throw new Refusal(Exit.USAGE, "Say --data DIR of a demo, or set ISTHMUS_SECURITY_DEMO_KEY.");
        }
        Path key = data == null ? Path.of(String.valueOf(named)) : DemoTokens.key(data);
        if (!Files.exists(key)) {
            throw new Refusal(Exit.USAGE, "There is no " + key + "; start one: isthmus demo --sign-in --data DIR");
        }
        String token = DemoKey.in(key).token(chosen, Clock.systemUTC().instant());
        voice.answer(Map.of("role", chosen.word(), "token", token), token);
        return Exit.OK;
    }
}
