package isthmus.cli;

import isthmus.identity.Link;
import isthmus.identity.LinkRule;
import isthmus.identity.Links;
import isthmus.identity.Links.Standing;
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
        subcommands = IdentityScore.class,
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
                List<Link> found =
                        links.of(id).orElseThrow(() -> new Refusal(Exit.USAGE, "The store has no record " + id + "."));
                voice.answer(found, found.isEmpty() ? "Nothing was found to be one with it." : text(id, found));
            } else if (only != null || state != null) {
                List<Link> found = links.list(only, state, limit.most());
                voice.answer(found, found.isEmpty() ? "There is no such pair." : table(found));
            } else {
                List<Standing> standing = links.standing();
                voice.answer(standing, counts(standing));
            }
            return Exit.OK;
        });
    }

    private static Refusal noRule(String rule) {
        return new Refusal(Exit.USAGE, "There is no rule " + rule + "; there are " + codes() + ".");
    }

    private static List<String> codes() {
        return List.of(LinkRule.values()).stream().map(LinkRule::code).toList();
    }

    private static String counts(List<Standing> standing) {
        Table table = new Table("rule", "linked", "review", "vetoed", "last decision");
        standing.forEach(one -> table.row(
                one.rule(),
                one.linked(),
                one.review(),
                one.vetoed(),
                one.since() == null ? "" : one.since().toString()));
        return table.text();
    }

    private static String table(List<Link> found) {
        Table table = new Table("rule", "state", "reason", "left", "right");
        found.forEach(one -> table.row(
                one.rule(), one.state().word(), one.reason() == null ? "" : one.reason(), one.left(), one.right()));
        return table.text();
    }

    /** Each pair in a paragraph: the other record, what was decided, and the sentences for and against. */
    private static String text(String id, List<Link> found) {
        StringBuilder out = new StringBuilder();
        for (Link one : found) {
            out.append(out.isEmpty() ? "" : "\n\n")
                    .append(id.equals(one.left()) ? one.right() : one.left())
                    .append("\n  ")
                    .append(one.state().word())
                    .append(" by ")
                    .append(one.by().equals("rules") ? one.rule() : one.by())
                    .append(one.night() == null ? "" : " in night " + one.night())
                    .append(", ")
                    .append(one.at());
            one.evidence().forEach(sentence -> out.append("\n  ").append(sentence));
        }
        return out.toString();
    }
}
