package isthmus.cli;

import isthmus.identity.Learning;
import isthmus.identity.Learning.Learnt;
import isthmus.identity.Learning.Level;
import isthmus.identity.match.Model.Weight;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus identity estimate}: what the records of the store say the weights are. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        description =
                "Learns how much each field speaks for two customers being one from the records of the store, and shows"
                        + " it beside what is in force.")
final class EstimateCommand implements Callable<Integer> {

    @Option(
            names = "--write",
            description = "Keep them in config/identity-weights.yaml, which is read at the next start.")
    private boolean write;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        return place.at(voice, hub -> {
            voice.doing("learning the weights");
            List<Learnt> models = hub.room(Learning.class).learn();
            if (models.isEmpty()) {
                throw new Refusal(
                        Exit.USAGE, "No night has prepared customers to learn from; run one: isthmus reconcile run.");
            }
            String written = write ? "\n\n" + written(models) : "";
            voice.answer(
                    models, models.stream().map(EstimateCommand::text).collect(Collectors.joining("\n\n")) + written);
            return Exit.OK;
        });
    }

    private static String written(List<Learnt> models) {
        try {
            Path file = Learning.write(Home.here().config(), models);
            return "Written to " + file + "; it holds from the next start of the hub.";
        } catch (IOException fault) {
            throw new Refusal(Exit.USAGE, "The weights cannot be written: " + fault.getMessage());
        }
    }

    private static String text(Learnt model) {
        Table table = new Table("field", "level", "m now", "u now", "m", "u", "bits now", "bits", "pairs", "drawn");
        for (Level level : model.levels()) {
            Weight now = level.now();
            Weight learnt = level.learnt();
            table.row(
                    now.field(),
                    now.level(),
                    share(now.m()),
                    share(now.u()),
                    share(learnt.m()),
                    share(learnt.u()),
                    "%+.2f".formatted(now.bits()),
                    "%+.2f".formatted(learnt.bits()),
                    level.pairs(),
                    level.drawn());
        }
        String how = model.isCounted()
                ? "m counted over %,d pairs that keys have linked".formatted(model.same())
                : "m expected, since keys have linked only %s".formatted(Count.of(model.same(), "pair"));
        return "%s, %s: %,d customers, %s%n%n%s"
                .formatted(model.model(), model.version(), model.records(), how, table.text());
    }

    private static String share(double share) {
        return new BigDecimal(share)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
