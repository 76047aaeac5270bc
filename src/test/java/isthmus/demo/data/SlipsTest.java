package isthmus.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import isthmus.demo.data.Client.Role;
import isthmus.demo.data.Slip.About;
import isthmus.demo.truth.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlipsTest {
    private static final long SEED = 20261121;
    private static final Town TOWN = new Town(new WorldOptions(SEED, 20_000, 1, "nasty"));
    private static final Clientele CLIENTELE = new Clientele(TOWN, true);

    /** An entry as it stands, and what slipped. */
    private record Entry(Client client, Row row, List<Slip> slips) {
        boolean has(Slip slip) {
            return slips.contains(slip);
        }
    }

    private static final List<Entry> ENTRIES = entries();

    private static List<Entry> entries() {
        Clients clients = new Clients(SEED);
        Slips slips = new Slips(SEED);
        List<Entry> entries = new ArrayList<>();
        for (List<Client> some : List.of(CLIENTELE.holders(), CLIENTELE.others())) {
            for (Client client : some) {
                Row row = clients.customer(entries.size(), client.home());
                slips.identify(client, row);
                entries.add(new Entry(client, row, slips.plant(client, row)));
            }
        }
        return entries;
    }

    @Test
    void slipsAsOftenAsIsStated() {
        Map<Slip, Integer> once = new EnumMap<>(Slip.class);
        Map<Slip, Integer> again = new EnumMap<>(Slip.class);
        int persons = 0;
        int twice = 0;
        for (Entry entry : ENTRIES) {
            boolean isAgain = entry.client().is(Role.AGAIN);
            if (entry.client().isPerson() && !entry.client().is(Role.RELATIVE)) {
                persons += isAgain ? 0 : 1;
                twice += isAgain ? 1 : 0;
                entry.slips().forEach(slip -> (isAgain ? again : once).merge(slip, 1, Integer::sum));
            }
        }

        assertThat(persons).as("seed %s", SEED).isGreaterThan(16_000);
        assertThat(twice).isBetween(350, 650);
        for (Slip slip : List.of(
                Slip.HOMOPHONE,
                Slip.WRONG_CHARACTER,
                Slip.TITLE,
                Slip.PLACEHOLDER_NAME,
                Slip.NO_ADDRESS,
                Slip.FORMER_HOME,
                Slip.NO_PHONE,
                Slip.OTHER_PHONE,
                Slip.PLACEHOLDER_PHONE)) {
            double share = once.getOrDefault(slip, 0) * 1_000.0 / persons;
            assertThat(share)
                    .as("%s, seed %s", slip, SEED)
                    .isCloseTo(slip.perMille(Role.HOLDER), within(Math.max(3.0, slip.perMille(Role.HOLDER) * 0.12)));
        }
        for (Slip slip : List.of(Slip.NO_NUMBER, Slip.OTHER_PHONE, Slip.HOMOPHONE)) {
            double share = again.getOrDefault(slip, 0) * 1_000.0 / twice;
            assertThat(share).as("%s again, seed %s", slip, SEED).isCloseTo(slip.perMille(Role.AGAIN), within(60.0));
        }
    }

    @Test
    void everySlipChangesWhatItIsAbout() {
        Map<Slip, Integer> often = new EnumMap<>(Slip.class);
        for (Entry entry : ENTRIES) {
            String name = entry.client().home().name();
            String address = entry.client().home().address();
            Row row = entry.row();
            for (Slip slip : entry.slips()) {
                often.merge(slip, 1, Integer::sum);
                boolean isNone = slip.name().startsWith("NO_") && slip != Slip.NO_COUNTY;
                switch (slip.about()) {
                    case NAME, COMPANY ->
                        assertThat(row.need("name")).as("%s", slip).isNotEqualTo(name);
                    case ADDRESS ->
                        assertThat(row.get("address")).as("%s", slip).isNotEqualTo(address);
                    case PHONE, ESTATE ->
                        assertThat(row.get("mobile") == null).as("%s", slip).isEqualTo(isNone);
                    case NUMBER ->
                        assertThat(row.get("idNo") == null).as("%s", slip).isEqualTo(isNone);
                }
                if (slip == Slip.HOMOPHONE || slip == Slip.WRONG_CHARACTER || slip == Slip.RARE_FORM) {
                    assertThat(differing(row.need("name"), name))
                            .as("%s", row.cells())
                            .isEqualTo(1);
                }
            }
        }

        assertThat(often.keySet()).as("seed %s", SEED).containsExactly(Slip.values());
    }

    @Test
    void ofOneThingAnEntryHasOneSlip() {
        assertThat(ENTRIES).allSatisfy(entry -> {
            List<About> about = entry.slips().stream().map(Slip::about).toList();
            assertThat(about).doesNotHaveDuplicates();
        });
    }

    @Test
    void whoStandsThereTwiceIsOnePersonWithOneNumber() {
        Map<String, Set<String>> numbers = new LinkedHashMap<>();
        Map<String, Integer> entries = new LinkedHashMap<>();
        for (Entry entry : ENTRIES) {
            String who = entry.client().who();
            entries.merge(who, 1, Integer::sum);
            String number = entry.row().get("idNo");
            if (number != null && number.length() != 15) {
                numbers.computeIfAbsent(who, one -> new HashSet<>()).add(number);
            }
        }

        assertThat(numbers.values()).allSatisfy(of -> assertThat(of).hasSize(1));
        assertThat(entries.values().stream().filter(often -> often == 2).count())
                .isBetween(400L, 700L);
        Set<String> all = new HashSet<>();
        numbers.values().forEach(all::addAll);
        // Numbers are thrown; that two persons have one by chance is as rare as it is among this many birthdays.
        assertThat(all).as("seed %s", SEED).hasSizeGreaterThan(numbers.size() - 6);
    }

    @Test
    void aNumberOfFifteenDigitsIsTheOneOfEighteen() {
        List<Entry> old =
                ENTRIES.stream().filter(entry -> entry.has(Slip.OLD_NUMBER)).toList();

        assertThat(old).hasSizeGreaterThan(500).allSatisfy(entry -> {
            Row plain = new Row();
            new Slips(SEED).identify(entry.client(), plain.set("name", "甲"));
            String number = entry.row().need("idNo");
            String wide = number.substring(0, 6) + "19" + number.substring(6);
            assertThat(wide + People.checkDigit(wide)).isEqualTo(plain.need("idNo"));
        });
    }

    @Test
    void aRelativeSharesFlatAndTelephoneAndNothingElse() {
        Map<String, Entry> holders = new LinkedHashMap<>();
        ENTRIES.stream()
                .filter(entry -> entry.client().is(Role.HOLDER))
                .forEach(entry -> holders.put(entry.client().home().number(), entry));
        List<Entry> relatives = ENTRIES.stream()
                .filter(entry -> entry.client().is(Role.RELATIVE))
                .toList();

        assertThat(relatives).as("seed %s", SEED).hasSizeBetween(1_000, 1_400).allSatisfy(entry -> {
            Entry holder =
                    Objects.requireNonNull(holders.get(entry.client().home().number()));
            Row plain = new Row().set("name", "甲");
            new Slips(SEED).identify(holder.client(), plain);
            assertThat(entry.row().get("mobile")).isEqualTo(plain.get("mobile"));
            assertThat(entry.row().get("address")).isEqualTo(plain.get("address"));
            assertThat(entry.row().get("name"))
                    .isNotEqualTo(entry.client().home().name());
            assertThat(entry.row().get("idNo")).isNotEqualTo(plain.get("idNo"));
            assertThat(entry.client().who()).isNotEqualTo(holder.client().who());
        });
    }

    @Test
    void aTenthAreStrangersAndSomeAreCalledAsAHolderIs() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < TOWN.accounts(); i++) {
            names.add(TOWN.account(i).name());
        }
        List<Entry> strangers = ENTRIES.stream()
                .filter(entry -> entry.client().is(Role.STRANGER))
                .toList();

        assertThat(strangers.size() * 100.0 / ENTRIES.size())
                .as("seed %s", SEED)
                .isBetween(8.0, 12.0);
        assertThat(strangers)
                .allSatisfy(entry -> assertThat(entry.row().get("consNo")).isNull());
        assertThat(strangers.stream()
                        .filter(entry -> names.contains(entry.client().home().name()))
                        .count())
                .isGreaterThan(strangers.size() / 5);
    }

    @Test
    void aManagersTelephoneIsThatOfHundreds() {
        assertThat(ENTRIES.stream()
                        .filter(entry -> Slips.MANAGERS_PHONE.equals(entry.row().get("mobile")))
                        .count())
                .as("seed %s", SEED)
                .isGreaterThanOrEqualTo(250);
    }

    @Test
    void anAddressIsSaidInOtherWays() {
        String home = "河南省新乡市卫滨区平原路12号锦绣花园23号楼2单元1203";

        assertThat(Postal.fullWidth(home)).isEqualTo("河南省新乡市卫滨区平原路１２号锦绣花园２３号楼２单元１２０３");
        assertThat(Postal.otherWord(home)).isEqualTo("河南省新乡市卫滨区平原路12号锦绣花园23栋2单元1203");
        assertThat(Postal.numerals(home)).isEqualTo("河南省新乡市卫滨区平原路12号锦绣花园二十三号楼2单元1203");
        assertThat(Postal.numerals("3号楼")).isEqualTo("三号楼");
        assertThat(Postal.numerals("10号楼")).isEqualTo("十号楼");
        assertThat(Postal.numerals("20号楼")).isEqualTo("二十号楼");
        assertThat(Postal.withoutCounty(home)).isEqualTo("河南省新乡市平原路12号锦绣花园23号楼2单元1203");
    }

    private static int differing(String one, String other) {
        int differing = Math.abs(one.length() - other.length());
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            differing += one.charAt(i) == other.charAt(i) ? 0 : 1;
        }
        return differing;
    }
}
