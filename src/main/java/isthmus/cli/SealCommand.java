package isthmus.cli;

import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Rotation;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code isthmus seal}: under which master key the keys of records stand. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        description = "Shows under which master keys the keys of records stand, and puts all of them under the newest.")
final class SealCommand {

    @Command(name = "status", mixinStandardHelpOptions = true, description = "How many keys stand under which.")
    int status(@Mixin Place place, @Mixin Voice voice) {
        return place.at(voice, hub -> {
            List<Rotation.Standing> standing = rotation(hub).standing();
            Table table = new Table("master key", "keys", "");
            standing.forEach(one -> table.row(one.master(), one.keys(), one.isCurrent() ? "wraps new ones" : "former"));
            voice.answer(standing, standing.isEmpty() ? "Nothing is sealed yet." : table.text());
            return Exit.OK;
        });
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Wraps all keys anew under isthmus.seal.key; those under a key of isthmus.seal.former first need it.")
    int rotate(@Mixin Place place, @Mixin Voice voice, @Mixin Said said) {
        return place.at(voice, hub -> {
            long keys = rotation(hub).rotate(said.by());
            voice.answer(
                    Map.of("rewrapped", keys),
                    "%,d keys were wrapped anew; nothing else stands under a former key, which can be destroyed."
                            .formatted(keys));
            return Exit.OK;
        });
    }

    private static Rotation rotation(Hub hub) {
        if (!hub.has(MasterKeys.class)) {
            throw new Refusal(Exit.USAGE, "isthmus.seal.profile is none: nothing is sealed.");
        }
        return hub.room(Rotation.class);
    }
}
