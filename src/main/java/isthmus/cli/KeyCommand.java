package isthmus.cli;

import isthmus.serve.door.ApiKeys;
import isthmus.serve.door.ApiKeys.Fresh;
import isthmus.serve.door.ApiKeys.Kept;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus key}: API keys for programs that have no identity provider. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description =
                "Gives out, lists and takes back API keys of programs; docs/security.md says what each scope opens.")
final class KeyCommand {

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key, and shows it this once.")
    int create(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The program that will ask.")
                    String name,
            @Option(
                            names = "--scopes",
                            required = true,
                            split = ",",
                            paramLabel = "SCOPE",
                            description = "What it may ask for: feed:read,export:bulk")
                    Set<String> scopes,
            @Option(
                            names = "--entities",
                            split = ",",
                            paramLabel = "ENTITY",
                            description = "Whose records it may see: bill,payment; * for all (default: none).")
                    Set<String> entities,
            @Option(
                            names = "--partner",
                            paramLabel = "PARTNER",
                            description =
                                    "The organisation outside that it is for: it gets what `share grant` gives it.")
                    @Nullable
                    String partner,
            @Option(
                            names = "--expires",
                            defaultValue = "P90D",
                            paramLabel = "DURATION",
                            description = "How long it is good for, at most P366D (default: ${DEFAULT-VALUE}).")
                    String expires,
            @Mixin Place place,
            @Mixin Voice voice) {
        Duration life = life(expires);
        return at(place, voice, keys -> {
            Fresh fresh = keys.create(name, scopes, entities == null ? Set.of() : entities, partner, life, Who.TYPES);
            voice.answer(
                    Map.of(
                            "id", fresh.id(),
                            "name", fresh.name(),
                            "key", fresh.key(),
                            "scopes", fresh.scopes(),
                            "entities", fresh.entities(),
                            "expires", fresh.expires()),
                    fresh.key() + "\n\nKeep it now, it is never shown again. Key " + fresh.id() + " of " + name
                            + " is good until " + fresh.expires() + ".");
            return Exit.OK;
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists every key that was given out.")
    int list(@Mixin Place place, @Mixin Voice voice) {
        return at(place, voice, keys -> {
            List<Kept> all = keys.all();
            Table table = new Table("id", "name", "scopes", "entities", "partner", "by", "expires", "state");
            all.forEach(key -> table.row(
                    key.id(),
                    key.name(),
                    String.join(" ", key.scopes()),
                    String.join(" ", key.entities()),
                    Objects.requireNonNullElse(key.partner(), ""),
                    key.createdBy(),
                    key.expires(),
                    key.state()));
            voice.answer(all, all.isEmpty() ? "No key was given out." : table.text());
            return Exit.OK;
        });
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes a key back; within seconds it opens nothing.")
    int revoke(
            @Parameters(paramLabel = "ID", description = "As `key list` prints it.") String id,
            @Option(names = "--reason", required = true, description = "Why; kept in the audit.") String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, keys -> {
            if (!keys.revoke(id, reason, Who.TYPES)) {
                throw new Refusal(Exit.USAGE, "There is no key " + id + " to revoke; see isthmus key list.");
            }
            voice.answer(Map.of("id", id, "state", "revoked"), "Key " + id + " is revoked.");
            return Exit.OK;
        });
    }

    private static Duration life(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException unreadable) {
            throw new Refusal(Exit.USAGE, "--expires is a duration, for example P90D.");
        }
    }

    private static int at(Place place, Voice voice, ToIntFunction<ApiKeys> work) {
        return place.at(voice, hub -> {
            try {
                return work.applyAsInt(hub.room(ApiKeys.class));
            } catch (ApiKeys.Unfit unfit) {
                throw new Refusal(Exit.USAGE, String.valueOf(unfit.getMessage()));
            }
        });
    }
}
