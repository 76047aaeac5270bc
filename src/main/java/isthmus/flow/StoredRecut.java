package isthmus.flow;

import isthmus.catalog.Catalog;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.model.Origin;
import isthmus.model.Piece;
import isthmus.quarantine.Recut;
import isthmus.source.KeptPieces;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/** Lets the quarantine cut kept bytes by the contracts of the catalog. */
record StoredRecut(Supplier<Catalog> catalog) implements Recut {

    @Override
    public Charset charset(String system, String pull) {
        return KeptPieces.charset(catalog.get().system(system));
    }

    @Override
    public Cut cut(String system, String pull, byte[] bytes, Origin origin, long ordinal, String locator) {
        LegacySystem legacy = catalog.get().system(system);
        Pull today = legacy.pull(pull);
        Piece piece = KeptPieces.cut(legacy, today, bytes, ordinal, locator);
        return new Cut(today.layout(), piece);
    }
}
