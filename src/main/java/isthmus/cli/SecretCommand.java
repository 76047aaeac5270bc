package isthmus.cli;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import isthmus.security.vault.Vault;
import isthmus.security.vault.Vault.Held;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus secret}: what {@code ${keystore:name}} stands for, set by whoever is given it and shown to nobody. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = "Keeps secrets in the hub's keystore, for keystore:NAME in routes/ and config/; docs/secrets.md.")
final class SecretCommand {
    private static final String TO_BE_READ = "A running hub takes it with `isthmus reload SYSTEM`, or when it starts.";

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Keeps a secret, read from standard input or asked for without an echo.")
    int set(
            @Parameters(index = "0", paramLabel = "NAME", description = "Lower-case letters, digits, points, hyphens.")
                    String name,
            @Parameters(index = "1..*", hidden = true, arity = "0..*") @Nullable List<String> more,
            @Mixin Place place,
            @Mixin Voice voice) {
        checked(name, more);
        String value = Secret.ask(name);
        return at(place, voice, vault -> {
            vault.set(name, value);
            return new Done("secret.set", name, "Secret " + name + " is kept in " + vault.file() + ". " + TO_BE_READ);
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the secrets' names, and since when.")
    int list(@Mixin Place place, @Mixin Voice voice) {
        try (var harbour = place.harbour(voice::doing)) {
            List<Held> all = fit(() -> harbour.vault().all());
            Table table = new Table("name", "since", "former");
            all.forEach(one -> table.row(one.name(), one.since(), one.hasFormer() ? "kept" : ""));
            voice.answer(all, all.isEmpty() ? "No secret is kept." : table.text());
            return Exit.OK;
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Keeps another secret under a name, and the former one beside it until --settle or --undo.")
    int rotate(
            @Parameters(index = "0", paramLabel = "NAME", description = "As `secret list` prints it.") String name,
            @Parameters(index = "1..*", hidden = true, arity = "0..*") @Nullable List<String> more,
            @Option(names = "--undo", description = "Put the former secret back.") boolean undo,
            @Option(names = "--settle", description = "Forget the former secret: the new one has been seen to work.")
                    boolean settle,
            @Mixin Place place,
            @Mixin Voice voice) {
        checked(name, more);
        if (undo && settle) {
            throw new Refusal(Exit.USAGE, "Say --undo or --settle, not both.");
        }
        if (undo || settle) {
            return at(place, voice, vault -> {
                needed(undo ? () -> vault.undo(name) : () -> vault.settle(name), "former secret of " + name);
                return undo
                        ? new Done("secret.undo", name, "The former " + name + " is back. " + TO_BE_READ)
                        : new Done("secret.settle", name, "The former " + name + " is forgotten.");
            });
        }
        String value = Secret.ask(name);
        return at(place, voice, vault -> {
            needed(() -> vault.rotate(name, value), "secret " + name);
            return new Done(
                    "secret.rotate",
                    name,
                    "Secret " + name + " is another one now. " + TO_BE_READ + "\nWhen `isthmus check SYSTEM` is well:"
                            + " isthmus secret rotate " + name + " --settle; when it is not: --undo.");
        });
    }

    @Command(name = "drop", mixinStandardHelpOptions = true, description = "Forgets a secret and its former one.")
    int drop(
            @Parameters(paramLabel = "NAME", description = "As `secret list` prints it.") String name,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, vault -> {
            needed(() -> vault.drop(name), "secret " + name);
            return new Done("secret.drop", name, "Secret " + name + " is forgotten.");
        });
    }

    /** What was done, for the audit and for the person. */
    private record Done(String action, String name, String sentence) {}

    private interface Work<T> {
        T done();
    }

    private interface Deeds {
        Done in(Vault vault);
    }

    private static void checked(String name, @Nullable List<String> more) {
        if (more != null && !more.isEmpty()) {
            throw new Refusal(
                    Exit.USAGE,
                    "A secret is no argument: everybody on this machine sees it there. Take another one, and let it"
                            + " come from standard input.");
        }
        if (!Vault.NAME.matcher(name).matches()) {
            throw new Refusal(Exit.USAGE, "A secret's name is of lower-case letters, digits, points and hyphens.");
        }
    }

    private static void needed(BooleanSupplier deed, String what) {
        if (!deed.getAsBoolean()) {
            throw new Refusal(Exit.USAGE, "There is no " + what + "; see isthmus secret list.");
        }
    }

    private static <T> T fit(Work<T> work) {
        try {
            return work.done();
        } catch (IllegalArgumentException unfit) {
            throw new Refusal(Exit.USAGE, String.valueOf(unfit.getMessage()));
        }
    }

    private static int at(Place place, Voice voice, Deeds deeds) {
        Done done;
        String store;
        try (var harbour = place.harbour(voice::doing)) {
            done = fit(() -> deeds.in(harbour.vault()));
            store = harbour.variable("ISTHMUS_STORE_URL");
        }
        String audit = store == null ? "no store is set" : audit(place, voice, done);
        voice.answer(
                Map.of("name", done.name(), "did", done.action(), "audit", audit),
                done.sentence() + (audit.equals("written") ? "" : "\nIt is not in the audit: " + audit + "."));
        return Exit.OK;
    }

    /** The keystore is there when the store is not, or when a hub does not start yet for want of a secret. */
    private static String audit(Place place, Voice voice, Done done) {
        try {
            Deed deed = new Deed(Who.TYPES, done.action(), "secret:" + done.name(), "in the keystore of the hub");
            place.at(voice, hub -> {
                hub.room(Audit.class).write(List.of(deed));
                return Exit.OK;
            });
            return "written";
        } catch (RuntimeException away) {
            return "no hub can be started here yet ("
                    + Causes.root(away).getClass().getSimpleName() + ")";
        }
    }
}
