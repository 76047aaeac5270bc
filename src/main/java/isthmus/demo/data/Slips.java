package isthmus.demo.data;

import isthmus.demo.data.Client.Role;
import isthmus.demo.data.Slip.About;
import isthmus.demo.data.Town.Account;
import isthmus.demo.truth.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the entries of one person be of one person, and writes them as clerks do. */
final class Slips {
    /** Where a property manager signs for many. */
    private static final String ESTATE = "阳光新城";

    static final String MANAGERS_PHONE = "13603731234";

    private final long seed;

    Slips(long seed) {
        this.seed = seed;
    }

    /** Writes an entry as clerks do who hear, type and ask as clerks do; answers what slipped. */
    List<Slip> plant(Client client, Row entry) {
        List<Slip> slipped = new ArrayList<>();
        for (About about : About.values()) {
            Slip slip = thrown(about, client);
            boolean isDecided = about == About.PHONE && slipped.contains(Slip.MANAGERS_PHONE);
            if (slip != null && !isDecided && write(slip, client, entry)) {
                slipped.add(slip);
            }
        }
        return slipped;
    }

    /** Whoever has several entries has one number and one telephone in all, and a relative has that of the house. */
    void identify(Client client, Row entry) {
        Account home = client.home();
        Dice house = Dice.of(seed, "house", home.index());
        entry.set("mobile", People.mobile(house)).set("address", home.address());
        Dice self = Dice.of(seed, client.who());
        String type = client.isPerson() ? self.percent(99) ? "01" : "03" : "02";
        entry.set("idType", type).set("idNo", Clients.idNumber(type, self));
        if (client.is(Role.RELATIVE)) {
            Dice dice = Dice.of(seed, "relation", home.index());
            entry.set("name", relative(home.name(), dice));
            if (dice.percent(50)) {
                entry.set("consNo", null);
            }
        } else if (client.is(Role.STRANGER)) {
            entry.set("consNo", null);
        }
    }

    /** A child has the surname of the holder; who is married keeps their own. */
    private static String relative(String holder, Dice dice) {
        String name = People.person(dice);
        String other = dice.percent(50) ? holder.substring(0, 1) + name.substring(1) : name;
        return other.equals(holder) ? other + "儿" : other;
    }

    private @Nullable Slip thrown(About about, Client client) {
        Dice dice = Dice.of(
                seed,
                "slip",
                about.ordinal(),
                client.role().ordinal(),
                client.home().index());
        int left = dice.below(1_000);
        for (Slip slip : Slip.values()) {
            if (slip.about() == about) {
                left -= slip.perMille(client.role());
                if (left < 0) {
                    return slip;
                }
            }
        }
        return null;
    }

    /** Whether it was possible: there is no building to be named in another way where there is none. */
    private boolean write(Slip slip, Client client, Row entry) {
        Dice dice = Dice.of(
                seed, slip.name(), client.role().ordinal(), client.home().index());
        return switch (slip.about()) {
            case NAME -> client.isPerson() && name(slip, dice, entry);
            case COMPANY -> !client.isPerson() && set(entry, "name", shortName(entry.need("name")));
            case ADDRESS -> set(entry, "address", address(slip, client, dice));
            case PHONE -> set(slip == Slip.NO_PHONE ? entry.set("phone", null) : entry, "mobile", phone(slip, dice));
            case ESTATE -> client.home().address().contains(ESTATE) && set(entry, "mobile", MANAGERS_PHONE);
            case NUMBER -> number(slip, client, entry);
        };
    }

    private static boolean set(Row entry, String column, @Nullable String value) {
        boolean differs = value == null || !value.equals(entry.get(column));
        entry.set(column, value);
        return differs;
    }

    private static boolean name(Slip slip, Dice dice, Row entry) {
        String name = entry.need("name");
        if (slip == Slip.SWAPPED) {
            String address = entry.get("address");
            return address != null && set(entry.set("address", name), "name", address);
        }
        String written = switch (slip) {
            case HOMOPHONE -> Spelling.misheard(name, dice);
            case WRONG_CHARACTER -> Spelling.mistyped(name, dice);
            case TITLE -> name + dice.pick("先生", "女士");
            case RARE_FORM -> Spelling.oldForm(name);
            default -> dice.pick("用户", "测试", "测试用户");
        };
        return written != null && set(entry, "name", written);
    }

    private static String shortName(String name) {
        String local = name.replace("新乡市", "");
        return local.equals(name) || local.length() < 4 ? name.replace("有限责任公司", "") : local;
    }

    private static @Nullable String address(Slip slip, Client client, Dice dice) {
        String address = client.home().address();
        return switch (slip) {
            case NO_ADDRESS -> null;
            case FORMER_HOME -> client.isPerson() ? People.home(dice) : People.premises(dice);
            case FULL_WIDTH -> Postal.fullWidth(address);
            case OTHER_WORD -> Postal.otherWord(address);
            case NUMERALS -> Postal.numerals(address);
            default -> Postal.withoutCounty(address);
        };
    }

    private static @Nullable String phone(Slip slip, Dice dice) {
        return switch (slip) {
            case NO_PHONE -> null;
            case OTHER_PHONE -> People.mobile(dice);
            default -> dice.pick("13800138000", "00000000000");
        };
    }

    private static boolean number(Slip slip, Client client, Row entry) {
        if (slip == Slip.NO_NUMBER) {
            entry.set("idType", null).set("idNo", null);
            return true;
        }
        String number = entry.need("idNo");
        return entry.need("idType").equals("01")
                && number.startsWith("19", 6)
                && set(entry, "idNo", number.substring(0, 6) + number.substring(8, 17));
    }
}
