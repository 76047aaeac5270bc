package isthmus.cli;

import isthmus.security.share.Grant;
import isthmus.serve.share.Grants;
import isthmus.serve.share.Grants.Wish;
import isthmus.serve.share.Unfit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus share}: what partners may have of the records of customers who consent. */
@Command(
        name = "share",
        mixinStandardHelpOptions = true,
        description = "Grants, lists and takes back what partners may have; docs/security.md says what they see of it.")
final class ShareCommand {

    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description = "Grants a partner some fields of an entity, of customers who consent to the purpose.")
    int grant(
            @Option(
                            names = "--partner",
                            required = true,
                            paramLabel = "PARTNER",
                            description = "As `key create --partner` names it.")
                    String partner,
            @Option(
                            names = "--purpose",
                            required = true,
                            paramLabel = "PURPOSE",
                            description = "The consent that a customer must have given: shareFinance")
                    String purpose,
            @Option(
                            names = "--entity",
                            required = true,
                            paramLabel = "ENTITY",
                            description = "customer, account, bill, payment or servicerequest")
                    String entity,
            @Option(
                            names = "--fields",
                            required = true,
                            split = ",",
                            paramLabel = "FIELD",
                            description = "What of it: period,amounts.total; or JSON pointers, /ext/yj.consNo")
                    List<String> fields,
            @Option(
                            names = "--from",
                            paramLabel = "INSTANT",
                            description = "From when on: 2026-12-01T00:00:00+08:00 (default: now).")
                    @Nullable
                    String from,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "INSTANT",
                            description = "Until when, at most 366 days.")
                    String until,
            @Option(
                            names = "--ticket",
                            required = true,
                            paramLabel = "TICKET",
                            description = "The number under which it was agreed; kept in the audit.")
                    String ticket,
            @Mixin Place place,
            @Mixin Voice voice) {
        Wish wish = new Wish(
                partner,
                purpose,
                entity,
                fields,
                from == null ? null : instant("--from", from),
                instant("--until", until),
                ticket);
        return at(place, voice, grants -> {
            Grant given = grants.give(wish, Who.TYPES);
            voice.answer(
                    given,
                    "Grant " + given.id() + ": " + given.partner() + " may have " + String.join(" ", given.fields())
                            + " of each " + given.entity() + " whose customer consents to " + given.purpose()
                            + ", from " + given.from() + " until " + given.until() + ".");
            return Exit.OK;
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists every grant that there ever was.")
    int list(@Mixin Place place, @Mixin Voice voice) {
        return at(place, voice, grants -> {
            List<Grant> all = grants.all();
            Table table = new Table(
                    "grant", "partner", "purpose", "entity", "fields", "from", "until", "ticket", "by", "state");
            Instant now = Instant.now();
            all.forEach(grant -> table.row(
                    grant.id(),
                    grant.partner(),
                    grant.purpose(),
                    grant.entity(),
                    String.join(" ", grant.fields()),
                    grant.from(),
                    grant.until(),
                    grant.ticket(),
                    grant.createdBy(),
                    grant.state(now)));
            voice.answer(all, all.isEmpty() ? "Nothing was granted." : table.text());
            return Exit.OK;
        });
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes a grant back; the partner's next page is without it.")
    int revoke(
            @Parameters(paramLabel = "GRANT", description = "As `share list` numbers it.") long id,
            @Option(names = "--reason", required = true, description = "Why; kept in the audit.") String reason,
            @Mixin Place place,
            @Mixin Voice voice) {
        return at(place, voice, grants -> {
            if (!grants.revoke(id, reason, Who.TYPES)) {
                throw new Refusal(Exit.USAGE, "There is no grant " + id + " to revoke; see isthmus share list.");
            }
            voice.answer(Map.of("grant", id, "state", "revoked"), "Grant " + id + " is revoked.");
            return Exit.OK;
        });
    }

    private static Instant instant(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Refusal(
                    Exit.USAGE, option + " is an instant with its offset, for example 2026-12-01T00:00:00+08:00.");
        }
    }

    private static int at(Place place, Voice voice, ToIntFunction<Grants> work) {
        return place.at(voice, hub -> {
            try {
                return work.applyAsInt(hub.room(Grants.class));
            } catch (Unfit unfit) {
                throw new Refusal(Exit.USAGE, String.valueOf(unfit.getMessage()));
            }
        });
    }
}
