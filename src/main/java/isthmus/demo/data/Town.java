package isthmus.demo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who lives and works in the pretend city, by number; the same for the same seed. */
final class Town {
    private static final int POINTS_A_FILE = 2_400;

    final long seed;
    private final int accounts;
    private final int districts;
    private final List<Point> points = new ArrayList<>();
    private final int[] firstPoint;

    Town(WorldOptions options) {
        seed = options.seed();
        accounts = options.scale();
        districts = Math.max(4, (int) (accounts * 1.06 / POINTS_A_FILE) + 1);
        firstPoint = new int[accounts + 1];
        for (int i = 0; i < accounts; i++) {
            firstPoint[i] = points.size();
            Dice dice = Dice.of(seed, "points", i);
            Kind kind = Kind.thrown(Dice.of(seed, "kind", i));
            int n = dice.percent(95) ? 1 : 2;
            for (int k = 0; k < n; k++) {
                points.add(point(i, k, kind, dice));
            }
        }
        firstPoint[accounts] = points.size();
    }

    private Point point(int account, int k, Kind kind, Dice dice) {
        int factor = switch (kind) {
            case FACTORY -> dice.pick(List.of(40, 60, 80, 120));
            case OFFICE -> dice.pick(List.of(1, 10, 20));
            default -> 1;
        };
        return Point.of(points.size(), account, k, kind, account % districts, factor, dice.between(40, 160));
    }

    int accounts() {
        return accounts;
    }

    int districts() {
        return districts;
    }

    List<Point> points() {
        return points;
    }

    List<Point> pointsOf(int account) {
        return points.subList(firstPoint[account], firstPoint[account + 1]);
    }

    Account account(int i) {
        return account(i, Kind.thrown(Dice.of(seed, "kind", i)), pointsOf(i));
    }

    /** An account of this number wherever it stands, with a name and an address of its own. */
    Account account(int i, Kind kind, List<Point> supplied) {
        Dice dice = Dice.of(seed, "account", i);
        String name = switch (kind) {
            case HOME, FARM -> People.person(dice);
            case SHOP -> People.shop(dice);
            case OFFICE -> People.office(dice);
            case FACTORY -> People.company(dice);
        };
        String address = kind == Kind.HOME ? People.home(dice) : People.premises(dice);
        String number = String.valueOf(3_100_000_000L + i * 13L + 7);
        return new Account(i, number, kind, name, address, supplied);
    }

    /** What a supply is used for; decides tariff and shape of the day. */
    enum Kind {
        HOME,
        SHOP,
        OFFICE,
        FACTORY,
        FARM;

        static Kind thrown(Dice dice) {
            int n = dice.below(100);
            if (n < 82) {
                return HOME;
            }
            if (n < 93) {
                return SHOP;
            }
            return n < 96 ? OFFICE : n < 98 ? FACTORY : FARM;
        }

        boolean isPerson() {
            return this == HOME || this == FARM;
        }
    }

    /** A contract account with its supply address. */
    record Account(int index, String number, Kind kind, String name, String address, List<Point> points) {}

    /**
     * A metered supply.
     *
     * @param load mean thousandths of a kWh a quarter-hour, before the multiplier
     */
    record Point(int index, int account, String number, String asset, Kind kind, int district, int factor, int load) {
        /** @param k which of the account's points it is, from 0 */
        static Point of(int index, int account, int k, Kind kind, int district, int factor, int load) {
            int number = account * 10 + k + 1;
            return new Point(
                    index,
                    account,
                    String.format(Locale.ROOT, "MP%010d", number),
                    String.format(Locale.ROOT, "41%011d", 1_000_000L + number * 7L),
                    kind,
                    district,
                    factor,
                    load);
        }

        String districtCode() {
            return "D" + (district + 1);
        }
    }
}
