package isthmus.cli;

import isthmus.serve.lineage.Came;
import isthmus.serve.lineage.Lineage;
import isthmus.serve.lineage.Lineage.Raw;
import isthmus.serve.lineage.Trace;
import isthmus.serve.lineage.Used;
import isthmus.serve.lineage.Version;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus trace}: where a record came from, down to the row or the line. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description =
                "Shows where a record came from: its versions, the rule of every field, and of a bill its readings.")
final class TraceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "A record's id, urn:isthmus:ORG:SYSTEM:ENTITY:KEY.")
    private String id = "";

    @Option(
            names = "--raw",
            description = "Also print the original row, line or element, out of what the store keeps; may be personal.")
    private boolean raw;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    /** What one version came from, as it came. */
    record Original(String of, String place, List<String> bytes) {}

    @Override
    public Integer call() {
        return place.at(voice, hub -> {
            Lineage lineage = hub.room(Lineage.class);
            Trace trace = lineage.trace(id)
                    .orElseThrow(() -> new Refusal(
                            Exit.USAGE, "There is no record of this id; it begins with urn:isthmus: as in the feed."));
            ZoneId zone = ZoneId.of(hub.room(Environment.class).getRequiredProperty("isthmus.zone"));
            String text = new TraceText(zone).of(trace);
            if (!raw) {
                voice.answer(trace, text);
                return Exit.OK;
            }
            List<Original> originals = originals(lineage, trace);
            voice.answer(Map.of("trace", trace, "raw", originals), text + "\n\n" + TraceText.raw(originals));
            return Exit.OK;
        });
    }

    private static List<Original> originals(Lineage lineage, Trace trace) {
        List<Original> originals = new ArrayList<>();
        for (Version version : trace.versions()) {
            add(originals, lineage, trace.id(), version.came());
        }
        List<Used> measured = trace.measured();
        if (measured != null) {
            measured.stream()
                    .filter(used -> used.role() != Used.Role.INTERVAL)
                    .forEach(used -> add(originals, lineage, used.id(), used.came()));
        }
        return originals;
    }

    private static void add(List<Original> to, Lineage lineage, String id, @Nullable Came came) {
        if (came != null) {
            to.add(new Original(
                    id,
                    came.place(),
                    lineage.raw(id, came).stream().map(Raw::text).toList()));
        }
    }
}
