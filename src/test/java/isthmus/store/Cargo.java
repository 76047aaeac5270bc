package isthmus.store;

import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Position;
import isthmus.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Made-up facts and chunks. */
public final class Cargo {
    public static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-02T09:00:03+08:00");

    private Cargo() {}

    public static String urn(String entity, String key) {
        return "urn:isthmus:yj:billing:" + entity + ":" + key;
    }

    public static String sequence(int version) {
        return String.format("20261102010003%03d-0000000000", version);
    }

    public static Fact bill(String key, int version, String amount, Fact.Ref... refs) {
        String id = urn("bill", key);
        String body = "{\"amounts\":{\"total\":\"" + amount + "\"},\"id\":\"" + id + "\",\"note\":\"电\\n\\\"費\\\\\"}";
        return fact("bill", id, Op.UPSERT, version, body, new BigDecimal(amount), List.of(refs));
    }

    public static Fact account(String key, int version) {
        String id = urn("account", key);
        return fact("account", id, Op.UPSERT, version, "{\"id\":\"" + id + "\",\"v\":1}", null, List.of());
    }

    public static Fact deleted(String entity, String key, int version) {
        String id = urn(entity, key);
        String body = "{\"deletedAt\":\"2026-11-02T09:00:03+08:00\",\"id\":\"" + id + "\"}";
        return fact(entity, id, Op.DELETE, version, body, null, List.of());
    }

    public static Fact fact(
            String entity,
            String id,
            Op op,
            int version,
            String body,
            @Nullable BigDecimal money,
            List<Fact.Ref> refs) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Fact(
                id,
                entity,
                op,
                sequence(version),
                TIME,
                id,
                bytes,
                hash(bytes),
                md5(id),
                md5(body + version),
                refs,
                List.of(),
                LocalDate.of(2026, 10, 1),
                null,
                money,
                null);
    }

    public static Outcome refused(Reason reason) {
        return new Outcome.Rejected(reason, "BGN_DATE", "yyyyMMdd");
    }

    public static Outcome accepted(Fact fact) {
        return new Outcome.Accepted(fact);
    }

    public static Normalized chunk(long run, Fact... facts) {
        return chunk(run, List.of(facts));
    }

    public static Normalized chunk(long run, List<Fact> facts) {
        String entity = facts.get(0).entity();
        return chunk(run, entity, facts.stream().map(Cargo::accepted).toList(), null, null);
    }

    /** Locators are {@code key-<ordinal>}, bytes {@code row <ordinal>}. */
    public static Normalized chunk(
            long run, String entity, List<Outcome> outcomes, byte @Nullable [] raw, @Nullable Position after) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 1; i <= outcomes.size(); i++) {
            byte[] bytes = ("row " + i).getBytes(StandardCharsets.UTF_8);
            pieces.add(new Piece(new String[0], List.of(), i, "key-" + i, () -> bytes, null));
        }
        Origin origin = new Origin("jdbc", "bill.sql", null, null, TIME);
        Chunk chunk = new Chunk("billing", entity, List.of(entity), run, null, pieces, origin, raw, after);
        return new Normalized(chunk, Map.of(entity, outcomes), Map.of(entity, entity + "@3"));
    }

    public static String hash(byte[] body) {
        return "sha256:" + HexFormat.of().formatHex(BlockMerge.sha256(body));
    }

    public static String md5(String text) {
        byte[] whole = BlockMerge.sha256(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(whole, 0, 16);
    }
}
