package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.crosscheck.Breaks;
import isthmus.reconcile.Nights;
import isthmus.reconcile.Nights.Chain;
import isthmus.reconcile.Nights.Kept;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus reconcile report}: a night as it was written down, and the proof that nobody has changed one. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Shows the last night that has ended: verdict, reasons, counts. Exit code: 0 green, 1 amber, 2 red.")
final class ReportCommand implements Callable<Integer> {

    @Option(names = "--night", paramLabel = "N", description = "Of this night (default: the last that has ended).")
    private @Nullable Long night;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write it as one page with charts, for the screen and for paper.")
    private @Nullable Path html;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Also write every break that is not resolved now, for a spreadsheet.")
    private @Nullable Path csv;

    @Option(
            names = "--verify",
            description = "Instead take the hash of every night anew; exit code 1 names the first that does not fit.")
    private boolean verify;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        if (verify && (night != null || html != null || csv != null)) {
            throw new Refusal(Exit.USAGE, "--verify looks at all nights and writes nothing; leave the others out.");
        }
        WholeFile page = html == null ? null : new WholeFile(html);
        WholeFile list = csv == null ? null : new WholeFile(csv);
        return place.at(voice, hub -> {
            Nights nights = hub.room(Nights.class);
            if (verify) {
                return verify(nights);
            }
            Kept kept = kept(nights);
            if (!kept.holds()) {
                throw new Refusal(
                        Exit.CHECK_FAILED,
                        "Night %d is not what was written down, and is not shown; see isthmus reconcile report --verify."
                                .formatted(kept.report().id()));
            }
            if (page != null) {
                String text = nights.html(kept);
                page.write(to -> to.accept(text));
                voice.tell("The page is in " + html + ".");
            }
            if (list != null) {
                list.write(hub.room(Breaks.class)::csv);
                voice.tell("The breaks are in " + csv + ".");
            }
            voice.answer(document(kept), kept.report().table() + "\n" + hashes(kept));
            return kept.report().exitCode();
        });
    }

    private Kept kept(Nights nights) {
        Long wanted = night;
        if (wanted == null) {
            return nights.last()
                    .orElseThrow(() -> new Refusal(
                            Exit.USAGE,
                            "No night has ended yet; run one: isthmus reconcile run, or wait until it is due."));
        }
        return nights.find(wanted)
                .orElseThrow(() -> new Refusal(Exit.USAGE, "There is no night " + wanted + " that has ended."));
    }

    private int verify(Nights nights) {
        Chain chain = nights.verify();
        if (chain.nights() == 0 && chain.broken() == null) {
            throw new Refusal(Exit.USAGE, "No night has ended yet; there is nothing to verify.");
        }
        String holds = chain.nights() == 1 ? "1 night holds" : "%,d nights hold".formatted(chain.nights());
        voice.answer(
                chain,
                chain.broken() == null
                        ? holds + "; the last has the hash " + chain.last() + "."
                        : "Night " + chain.broken() + " does not fit: " + chain.why() + ". Before it " + holds + ".");
        return chain.broken() == null ? Exit.OK : Exit.CHECK_FAILED;
    }

    private static JsonNode document(Kept kept) {
        JsonNode report = JsonText.of(kept.json());
        ((ObjectNode) report).put("previous", kept.previous()).put("hash", kept.hash());
        return report;
    }

    private static String hashes(Kept kept) {
        return "hash      " + kept.hash() + "\nprevious  "
                + (kept.previous().isEmpty() ? "none, it is the first night" : kept.previous());
    }
}
