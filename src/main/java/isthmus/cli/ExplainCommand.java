package isthmus.cli;

import isthmus.identity.Decisions.Unfit;
import isthmus.identity.Explain;
import isthmus.identity.Explain.Explained;
import isthmus.identity.Link;
import isthmus.identity.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus identity explain}: why two records are one or are not. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Shows why two records are one or are not, field by field with the weight of each; of one record what"
                        + " was found to be one with it.")
final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "A customer or an account, urn:isthmus:… as it is listed.")
    private String id = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OTHER",
            description = "Another, whether or not it was ever found alike.")
    private @Nullable String other;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draw it into this file.")
    private @Nullable Path svg;

    @Mixin
    private Place place = new Place();

    @Mixin
    private Voice voice = new Voice();

    @Override
    public Integer call() {
        String second = other;
        if (second == null && svg != null) {
            throw new Refusal(Exit.USAGE, "A picture is of two records; name the other.");
        }
        return place.at(voice, hub -> {
            if (second == null) {
                all(id, hub.room(Links.class), voice);
            } else {
                both(hub.room(Explain.class), second);
            }
            return Exit.OK;
        });
    }

    private void both(Explain explain, String second) {
        try {
            Explained pair = explain.of(id, second);
            if (svg != null) {
                Files.writeString(svg, pair.svg());
            }
            voice.answer(pair, ExplainText.of(pair));
        } catch (Unfit unfit) {
            throw IdentityText.unfit(unfit, id, second);
        } catch (IOException fault) {
            throw new Refusal(Exit.USAGE, "The picture cannot be written: " + fault.getMessage());
        }
    }

    /** Everything that was ever found of one record. */
    static void all(String id, Links links, Voice voice) {
        List<Link> found =
                links.of(id).orElseThrow(() -> new Refusal(Exit.USAGE, "The store has no record " + id + "."));
        voice.answer(found, found.isEmpty() ? "Nothing was found to be one with it." : IdentityText.found(id, found));
    }
}
