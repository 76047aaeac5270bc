package isthmus.demo.data;

import isthmus.demo.data.Town.Account;
import isthmus.demo.data.Town.Kind;
import isthmus.demo.data.Town.Point;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The quarter of the city whose systems contradict each other: accounts after those of the town, each with one dispute and
 * nothing else wrong, so that whatever a check says of any other account is a false alarm.
 */
final class Quarter {
    static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);
    static final LocalDate OCTOBER = LocalDate.of(2026, 10, 1);
    static final LocalDate NOVEMBER = LocalDate.of(2026, 11, 1);
    /** At whose beginnings every meter is read, for the bills of the two between. */
    static final List<LocalDate> MONTHS = List.of(SEPTEMBER, OCTOBER, NOVEMBER);
    /** The day of the old meter's last read and the new one's first. */
    static final LocalDate EXCHANGE = LocalDate.of(2026, 10, 12);

    private final List<Resident> residents = new ArrayList<>();

    Quarter(WorldOptions options, Town town) {
        for (Dispute dispute : Dispute.values()) {
            int often = dispute.times(options);
            for (int n = 0; n < often; n++) {
                int index = town.accounts() + residents.size();
                Kind kind = dispute == Dispute.NAME_OTHER ? Kind.SHOP : Kind.HOME;
                Point point = Point.of(
                        town.points().size() + residents.size(),
                        index,
                        0,
                        kind,
                        town.districts(),
                        dispute == Dispute.MULT_BILL || dispute == Dispute.MULT_METER ? 40 : 1,
                        dispute == Dispute.NO_BILL_NEAR ? 1 : 70 + 7 * (n % 10));
                residents.add(new Resident(dispute, n, town.account(index, kind, List.of(point))));
            }
        }
    }

    List<Resident> residents() {
        return residents;
    }

    /** An account with its dispute; {@code nth} of its kind, from 0. */
    record Resident(Dispute dispute, int nth, Account account) {
        Point point() {
            return account.points().get(0);
        }

        boolean is(Dispute... any) {
            return List.of(any).contains(dispute);
        }

        /** {@code MP0000000011/2026-10}. */
        String pointIn(LocalDate month) {
            return point().number() + "/" + month.toString().substring(0, 7);
        }

        String accountIn(LocalDate month) {
            return account.number() + "/" + month.toString().substring(0, 7);
        }
    }
}
