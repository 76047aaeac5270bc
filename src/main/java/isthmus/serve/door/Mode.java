package isthmus.serve.door;

import java.util.Locale;

/** How it is found out who asks. */
enum Mode {
    /** Who sits at this machine may do everything, others nothing. */
    LOCAL,
    /** By tokens that the hub's own key has signed, for trying. */
    DEMO,
    /** By tokens of an identity provider. */
    OIDC;

    static Mode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
