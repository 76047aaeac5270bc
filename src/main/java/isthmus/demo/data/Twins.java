package isthmus.demo.data;

import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.truth.Row;

/** Entries of customer service that are called otherwise than the holder of their account, or that are there a second time. */
final class Twins {
    private final long seed;

    Twins(long seed) {
        this.seed = seed;
    }

    private Dice dice(Resident resident) {
        return Dice.of(seed, "twin", resident.account().index());
    }

    /** The one entry of the resident, or the first of two. */
    void spoil(Resident resident, Row entry) {
        if (resident.is(Dispute.NAME_OTHER)) {
            entry.set("name", People.company(dice(resident)));
        }
        // Has moved, so that the account has no flat in common with the second entry.
        if (resident.is(Dispute.DUP_FLAT)) {
            entry.set("address", People.home(dice(resident)));
        }
    }

    /** The second entry. */
    Row again(Resident resident, Row first, int ordinal) {
        Row second = first.copy()
                .set("customerNo", Clients.number(ordinal))
                .set("mobile", null)
                .set("phone", null)
                .set("email", null)
                .set("consNo", null);
        if (resident.is(Dispute.DUP_FLAT)) {
            return second.set("idType", null).set("idNo", null);
        }
        Dice dice = dice(resident);
        String name = first.need("name");
        String other = People.person(dice);
        // Names of two lengths do not resemble each other, whatever is in them.
        return second.set("address", People.home(dice))
                .set("name", other.length() == name.length() ? other + People.given(dice) : other);
    }
}
