package isthmus.cli;

import isthmus.reconcile.Deletes;
import isthmus.reconcile.Deletes.Gone;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus deletes}: what a polled table no longer shows. */
@Command(
        name = "deletes",
        mixinStandardHelpOptions = true,
        description = "Shows what the source no longer has; with --execute, tells it as deleted.")
final class DeletesCommand implements Callable<Integer> {
    private static final int NAMED = 20;

    @Parameters(paramLabel = "SYSTEM", description = "The legacy system.")
    private String system = "";

    @Option(names = "--execute", description = "Tell the deletes; the guard of system.yaml holds nevertheless.")
    private boolean execute;

    @Mixin
    private Settle settle = new Settle();

    @Mixin
    private Said said = new Said();

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        return place.at(voice, hub -> {
            Deletes deletes = hub.room(Deletes.class);
            if (!deletes.watches(hub.system(system))) {
                throw new Refusal(
                        Exit.USAGE,
                        "No pull of " + system + " that alone shows an entity says deletes: in system.yaml.");
            }
            Duration young = settle.of(hub);
            voice.doing("comparing the keys of both shores");
            List<Gone> gone =
                    execute ? deletes.carryOut(system, young, "command", said.by()) : deletes.look(system, young);
            voice.answer(gone, text(gone));
            return gone.stream().anyMatch(each -> each.refusal() != null) ? Exit.REFUSED : Exit.OK;
        });
    }

    private String text(List<Gone> gone) {
        Table table = new Table("system", "pull", "entity", "held", "gone", "");
        gone.forEach(each -> table.row(
                each.system(),
                each.pull(),
                each.entity(),
                each.held(),
                each.ids().size(),
                fate(each)));
        StringBuilder out = new StringBuilder(table.text());
        for (Gone each : gone) {
            each.ids().stream().limit(NAMED).forEach(id -> out.append("\n  ").append(id));
            if (each.ids().size() > NAMED) {
                out.append("\n  … and ").append(each.ids().size() - NAMED).append(" more; --json names them all");
            }
        }
        return out.toString();
    }

    private String fate(Gone gone) {
        if (gone.refusal() != null) {
            return gone.refusal();
        }
        return gone.ids().isEmpty() ? "" : execute ? "told as deleted" : "would be told as deleted; say --execute";
    }
}
