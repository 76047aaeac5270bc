package isthmus.quarantine;

import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.store.Cargo;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An island whose records are lines {@code KEY,VERSION,AMOUNT}, its reader, and a mapping that can be mended. */
final class TinyIsland implements Recut {
    static final Layout LAYOUT = Layout.of("KEY", "VERSION", "AMOUNT");

    Reason reason = Reason.NUMBER_INVALID;
    String understands = "";
    boolean understandsAll;
    boolean gone;
    boolean breaks;

    @Override
    public Charset charset(String system, String pull) {
        return Charset.forName("GBK");
    }

    @Override
    public Cut cut(String system, String pull, byte[] bytes, Origin origin, long ordinal, String locator) {
        if (gone) {
            throw new IllegalArgumentException("no pull " + pull);
        }
        return new Cut(LAYOUT, piece(bytes, ordinal, locator));
    }

    Piece piece(byte[] bytes, long ordinal, String locator) {
        @Nullable String[] values = new String(bytes, charset("", "")).split(",", -1);
        return new Piece(values, List.of(), ordinal, locator, () -> bytes, null);
    }

    Normalized normalize(Chunk chunk) {
        if (breaks) {
            throw new IllegalStateException("a fault of ours");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Piece piece : chunk.pieces()) {
            outcomes.add(outcome("" + piece.values()[0], "" + piece.values()[1], "" + piece.values()[2]));
        }
        return new Normalized(chunk, Map.of("bill", outcomes), Map.of("bill", "bill@1"));
    }

    private Outcome outcome(String key, String version, String amount) {
        if (version.equals("?")) {
            return new Outcome.Rejected(Reason.TIME_INVALID, "VERSION", "a version");
        }
        boolean plain = amount.matches("[0-9.]+");
        if (!plain && !understandsAll && !understands.equals(amount)) {
            return new Outcome.Rejected(reason, "AMOUNT", "a plain decimal");
        }
        String id = Cargo.urn("bill", key);
        String body = "{\"amount\":\"" + amount + "\",\"id\":\"" + key.hashCode() + "\"}";
        BigDecimal money = plain ? new BigDecimal(amount) : BigDecimal.ONE;
        return new Outcome.Accepted(
                Cargo.fact("bill", id, Op.UPSERT, Integer.parseInt(version), body, money, List.<Fact.Ref>of()));
    }
}
