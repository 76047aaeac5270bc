package isthmus.demo.data;

import isthmus.demo.data.Town.Account;

/**
 * One entry in the customer service's list, and who stands behind it.
 *
 * @param home the account that is theirs, or that somebody of theirs holds; of a stranger one that billing never had
 * @param nth which of the strangers it is, from 0; of all others 0
 */
record Client(Role role, Account home, int nth) {
    /** Before the number of the account, what the truth calls its holder. */
    static final String HOLDER = "holder-";

    /** What somebody is to the account that the entry was made for. */
    enum Role {
        /** Its holder. */
        HOLDER,
        /** Its holder, entered a second time. */
        AGAIN,
        /** The holder's wife, husband or child: somebody else. */
        RELATIVE,
        /** Somebody without an account. */
        STRANGER
    }

    static Client holder(Account account) {
        return new Client(Role.HOLDER, account, 0);
    }

    boolean is(Role other) {
        return role == other;
    }

    boolean isPerson() {
        return home.kind().isPerson();
    }

    /** The person or organization behind the entry, by the name that the truth calls them. */
    String who() {
        return switch (role) {
            case HOLDER, AGAIN -> holderOf(home);
            case RELATIVE -> "relative-" + home.number();
            case STRANGER -> "stranger-" + nth;
        };
    }

    static String holderOf(Account account) {
        return HOLDER + account.number();
    }
}
