package isthmus.flow;

import isthmus.identity.IdentityRules;
import isthmus.security.seal.Blind;
import isthmus.security.seal.MasterKeys;
import isthmus.security.seal.Sealer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/** Has the store sealed as the settings say. */
final class Sealing {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private Sealing() {}

    /** Null where nothing is to be sealed. */
    static @Nullable MasterKeys masters(Environment environment) {
        MasterKeys masters = MasterKeys.said(
                environment.getProperty("isthmus.seal.profile"),
                environment.getProperty("isthmus.seal.key"),
                environment.getProperty("isthmus.seal.former"));
        if (masters == null) {
            LOG.warn("isthmus.seal.profile is none: who can read the store, Kafka or a backup of them reads persons");
        }
        return masters;
    }

    /** @param identity by whose rules the numbers of accounts that a customer names are looked for in the store */
    static void register(
            GenericApplicationContext context, MasterKeys masters, String hmacKey, IdentityRules identity) {
        Blind blind = new Blind(masters.profile(), hmacKey);
        Sealer sealer = new Sealer(masters, blind, identity.fieldsOfNumbers());
        context.registerBean(MasterKeys.class, () -> masters);
        context.registerBean(Blind.class, () -> blind);
        context.registerBean(Sealer.class, () -> sealer);
    }
}
