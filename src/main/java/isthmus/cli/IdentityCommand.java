package isthmus.cli;

import isthmus.identity.Decisions;
import isthmus.identity.Decisions.Corrected;
import isthmus.identity.Decisions.Decided;
import isthmus.identity.Decisions.Needless;
import isthmus.identity.Decisions.NightLinks;
import isthmus.identity.Decisions.Unfit;
import isthmus.identity.Decisions.Word;
import isthmus.identity.Link;
import isthmus.identity.LinkRule;
import isthmus.identity.Links;
import isthmus.identity.Links.Standing;
import isthmus.identity.Review;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus identity}: which records are one, and why. */
@Command(
        name = "identity",
        mixinStandardHelpOptions = true,
        subcommands = {ExplainCommand.class, EstimateCommand.class, MatchCommand.class, IdentityScore.class},
        description = "Shows which records of the systems are one; docs/identity.md explains the rules.")
final class IdentityCommand {
    @Command(
            name = "links",
            mixinStandardHelpOptions = true,
            description =
                    "Counts the links by rule, lists those of a rule or a state, or shows those of one record and why.")
    int links(
            @Parameters(arity = "0..1", paramLabel = "ID", description = "One record, urn:isthmus:… as it is listed.")
                    @Nullable
                    String id,
            @Option(
                            names = "--rule",
                            paramLabel = "RULE",
                            description = "One by one, only of this rule, XREF for example.")
                    @Nullable
                    String rule,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "One by one, only linked, review, vetoed or ended.")
                    Link.@Nullable State state,
            @Mixin Limit limit,
            @Mixin Place place,
            @Mixin Voice voice) {
        LinkRule only = rule == null ? null : LinkRule.of(rule).orElseThrow(() -> noRule(rule));
        if (id != null && (only != null || state != null)) {
            throw new Refusal(Exit.USAGE, "Of one record everything is shown; leave --rule and --state out.");
        }
        return place.at(voice, hub -> {
            Links links = hub.room(Links.class);
            if (id != null) {
                ExplainCommand.all(id, links, voice);
            } else if (only != null || state != null) {
                List<Link> found = links.list(only, state, limit.most());
                voice.answer(found, found.isEmpty() ? "There is no such pair." : IdentityText.table(found));
            } else {
                List<Standing> standing = links.standing();
                voice.answer(standing, IdentityText.counts(standing));
            }
            return Exit.OK;
        });
    }

    @Command(
            name = "review",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the pairs that wait for a person: those found by keys, then the likeliest, of equally likely"
                            + " ones that with most money at stake.")
    int review(
            @Option(names = "--rule", paramLabel = "RULE", description = "Only of this rule, MATCH for example.")
                    @Nullable
                    String rule,
            @Mixin Limit limit,
            @Mixin Place place,
            @Mixin Voice voice) {
        LinkRule only = rule == null ? null : LinkRule.of(rule).orElseThrow(() -> noRule(rule));
        return place.at(voice, hub -> {
            Review.Page page = hub.room(Review.class).open(only, null, limit.most());
            voice.answer(page.open(), page.open().isEmpty() ? "No pair waits for a person." : IdentityText.open(page));
            return Exit.OK;
        });
    }

    @Command(
            name = "link",
            mixinStandardHelpOptions = true,
            description = "Says that two records are one; no night overrules it.")
    int link(@Mixin Pair pair, @Mixin Why why, @Mixin Place place, @Mixin Voice voice) {
        return say(Word.LINK, pair, why, place, voice);
    }

    @Command(
            name = "split",
            mixinStandardHelpOptions = true,
            description = "Says that two records are not one; they are never linked nor proposed again.")
    int split(@Mixin Pair pair, @Mixin Why why, @Mixin Place place, @Mixin Voice voice) {
        return say(Word.REJECT, pair, why, place, voice);
    }

    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = "Takes back what was said of two records; the rules decide again in the next night.")
    int undo(@Mixin Pair pair, @Mixin Why why, @Mixin Place place, @Mixin Voice voice) {
        return say(Word.UNDO, pair, why, place, voice);
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description =
                    "Sets a value of a unified customer, from the next night on; without a value it is taken back.")
    int set(
            @Parameters(
                            index = "0",
                            paramLabel = "ID",
                            description = "A unified customer, or a customer of a system, urn:isthmus:…")
                    String id,
            @Parameters(index = "1", paramLabel = "PATH", description = "/name, /contacts/mobile, … of it.")
                    String path,
            @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "The value itself.") @Nullable
                    String value,
            @Mixin Why why,
            @Mixin Place place,
            @Mixin Voice voice) {
        return place.at(voice, hub -> {
            Decisions decisions = hub.room(Decisions.class);
            try {
                Corrected corrected = why.isOnlyShown()
                        ? decisions.look(id, path, value)
                        : decisions.set(id, path, value, why.reason(), Who.TYPES);
                voice.answer(corrected, IdentityText.corrected(corrected, why.isOnlyShown()));
                return Exit.OK;
            } catch (Unfit unfit) {
                throw new Refusal(Exit.USAGE, unfit.side() + ": " + unfit.getMessage() + ".");
            }
        });
    }

    private static int say(Word word, Pair pair, Why why, Place place, Voice voice) {
        return place.at(voice, hub -> {
            Decisions decisions = hub.room(Decisions.class);
            try {
                Decided decided = why.isOnlyShown()
                        ? decisions.look(pair.id(), pair.other(), word, Who.TYPES)
                        : decisions.say(pair.id(), pair.other(), word, why.reason(), Who.TYPES);
                voice.answer(decided, IdentityText.decided(decided, why.isOnlyShown()));
                return Exit.OK;
            } catch (Unfit unfit) {
                throw IdentityText.unfit(unfit, pair.id(), pair.other());
            } catch (Needless | NightLinks not) {
                throw new Refusal(Exit.REFUSED, "Nothing is written: " + not.getMessage() + ".");
            }
        });
    }

    private static Refusal noRule(String rule) {
        return new Refusal(Exit.USAGE, "There is no rule " + rule + "; there are " + codes() + ".");
    }

    private static List<String> codes() {
        return List.of(LinkRule.values()).stream().map(LinkRule::code).toList();
    }
}
