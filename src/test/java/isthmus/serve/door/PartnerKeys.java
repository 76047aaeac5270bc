package isthmus.serve.door;

import isthmus.audit.Audit;
import isthmus.store.Store;
import java.time.Duration;
import java.util.Set;

/** Keys of partners that may see every entity, as far as it is granted. */
public final class PartnerKeys {
    private static int names;

    private PartnerKeys() {}

    public static String of(Store store, String partner) {
        return new ApiKeys(store.source, new Audit(store.source, store.clock), store.clock)
                .create(
                        "key-" + ++names,
                        Set.of("feed:read", "export:bulk"),
                        Set.of("*"),
                        partner,
                        Duration.ofDays(1),
                        "clerk")
                .key();
    }
}
