package isthmus.store;

import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.model.Quality;
import isthmus.model.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The apply rule for interval blocks (model.md 5.5): a day comes in pieces and again, in any order, and every order gives
 * the same record bytes. A merge is the greatest cell by position under one total order, hence associative.
 */
final class BlockMerge {
    private static final Set<Reason> RECOMPUTED = EnumSet.of(Reason.VEE_GAP, Reason.VEE_NEG, Reason.REF_PENDING);

    /** What a merge came to: the whole block as it stands now, and its sequences by position. */
    record Merged(Fact fact, @Nullable String positions) {}

    private BlockMerge() {}

    static boolean governs(String entity) {
        return entity.equals("intervalblock");
    }

    /** The highest sequence that went into a block, without the mark of its merges. */
    static String highest(String sequence) {
        int mark = mark(sequence);
        return mark < 0 ? sequence : sequence.substring(0, mark);
    }

    /** The sequence of a block whose highest piece is given and that has the same merges behind it as the held one. */
    static String advanced(String heldSequence, String highest) {
        return numbered(highest, merges(heldSequence));
    }

    private static int merges(String sequence) {
        int mark = mark(sequence);
        return mark < 0 ? 0 : Integer.parseInt(sequence.substring(mark + 2));
    }

    private static String numbered(String highest, int merges) {
        return merges == 0 ? highest : String.format("%s~m%06d", highest, merges);
    }

    private static int mark(String sequence) {
        int mark = sequence.length() - 8;
        return mark >= 0 && sequence.startsWith("~m", mark) ? mark : -1;
    }

    /**
     * Merges a piece into what is held. The fact's content hash equals the held one when nothing is to be told; its
     * sequence is the next one to publish only when it differs.
     *
     * @throws IllegalArgumentException when the two are not the same day in the same steps
     * @throws ArithmeticException when a value leaves the range of a long at the finer scale
     */
    static Merged merge(Held held, Held.BlockState state, Fact piece) {
        String stood = highest(held.sequence());
        Block block = new Block(state.body(), stood, state.positions());
        Block coming = new Block(piece.body(), piece.sequence(), null);
        if (!block.sameShape(coming)) {
            throw new IllegalArgumentException("the stored block has other steps");
        }
        int order = piece.sequence().compareTo(stood);
        boolean leads = order > 0 || (order == 0 && coming.head().compareTo(block.head()) > 0);
        block.take(coming);
        if (leads) {
            block.takeHead(coming);
        }
        byte[] body = block.write();
        String hash = "sha256:" + HexFormat.of().formatHex(sha256(body));
        String highest = order > 0 ? piece.sequence() : stood;
        String rowHash = order > 0 || (order == 0 && piece.rowHash().compareTo(held.rowHash()) > 0)
                ? piece.rowHash()
                : held.rowHash();
        int merges = merges(held.sequence()) + (hash.equals(held.contentHash()) ? 0 : 1);
        Fact fact = new Fact(
                piece.id(),
                piece.entity(),
                Op.UPSERT,
                numbered(highest, merges),
                leads
                        ? piece.time()
                        : state.time()
                                .atZoneSameInstant(piece.time().getOffset())
                                .toOffsetDateTime(),
                leads ? piece.partitionKey() : state.partitionKey(),
                body,
                hash,
                piece.keyHash(),
                rowHash,
                refs(piece, block),
                quality(state.quality(), piece.quality(), block),
                leads ? piece.validFrom() : state.validFrom(),
                leads ? piece.validTo() : state.validTo(),
                null,
                block.sum());
        return new Merged(fact, block.positions(highest));
    }

    /** The same references as the piece has, read from the head that stands. */
    private static List<Fact.Ref> refs(Fact piece, Block block) {
        return piece.refs().stream()
                .map(ref -> new Fact.Ref(
                        ref.path(),
                        Objects.requireNonNullElse(block.string(ref.path().replaceFirst("^/", "")), ref.urn())))
                .toList();
    }

    private static List<Quality> quality(List<Quality> held, List<Quality> coming, Block block) {
        Set<Quality> flags = new LinkedHashSet<>();
        for (List<Quality> side : List.of(held, coming)) {
            side.stream().filter(flag -> !RECOMPUTED.contains(flag.code())).forEach(flags::add);
        }
        boolean gap = false;
        for (int i = 0; i < block.length(); i++) {
            if (!block.isKnown(i) && !gap) {
                gap = flags.add(new Quality(Reason.VEE_GAP, "/values/" + i));
            } else if (block.isKnown(i) && block.value(i) < 0) {
                flags.add(new Quality(Reason.VEE_NEG, "/values/" + i));
            }
        }
        return new ArrayList<>(flags);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
