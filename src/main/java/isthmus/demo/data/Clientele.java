package isthmus.demo.data;

import isthmus.demo.data.Client.Role;
import isthmus.demo.data.Town.Account;
import isthmus.demo.data.Town.Kind;
import java.util.ArrayList;
import java.util.List;

/** Whom the customer service knows: nine of ten persons and six of ten organizations, some twice, and who came besides. */
final class Clientele {
    static final int AGAIN = 3;
    /** Of a hundred persons who hold an account, how many have a relative with an entry of their own. */
    static final int RELATIVES = 8;
    /** For a hundred entries of account holders, how many there are of people without an account; about a tenth of all. */
    static final int STRANGERS = 11;
    /** Of a hundred strangers, how many are called as somebody is who holds an account. */
    static final int NAMESAKES = 30;
    /** Numbers of accounts that billing never gives, far behind those that it does. */
    private static final int NOWHERE = 20_000_000;

    private final Town town;
    private final List<Client> holders = new ArrayList<>();
    private final List<Client> others = new ArrayList<>();

    /** @param isReal whether there are relatives and strangers, as in life */
    Clientele(Town town, boolean isReal) {
        this.town = town;
        for (int i = 0; i < town.accounts(); i++) {
            Dice dice = Dice.of(town.seed, "known", i);
            Account account = town.account(i);
            if (dice.percent(account.kind().isPerson() ? 90 : 60)) {
                holders.add(Client.holder(account));
                if (dice.percent(AGAIN)) {
                    holders.add(new Client(Role.AGAIN, account, 0));
                }
            }
        }
        if (isReal) {
            addOthers();
        }
    }

    private void addOthers() {
        for (Client client : holders) {
            int account = client.home().index();
            if (client.is(Role.HOLDER)
                    && client.isPerson()
                    && Dice.of(town.seed, "relative", account).percent(RELATIVES)) {
                others.add(new Client(Role.RELATIVE, client.home(), 0));
            }
        }
        for (int n = 0; n < holders.size() * STRANGERS / 100; n++) {
            others.add(new Client(Role.STRANGER, nowhere(n), n));
        }
    }

    private Account nowhere(int n) {
        Dice dice = Dice.of(town.seed, "stranger", n);
        Account own = town.account(NOWHERE + n, Kind.HOME, List.of());
        Account other = town.account(dice.below(town.accounts()));
        boolean isNamesake = dice.percent(NAMESAKES) && other.kind().isPerson();
        return isNamesake
                ? new Account(own.index(), own.number(), own.kind(), other.name(), own.address(), own.points())
                : own;
    }

    /** The holders of accounts, whoever stands there twice one after the other. */
    List<Client> holders() {
        return holders;
    }

    /** Whoever else is in the list: none where the data is clean. */
    List<Client> others() {
        return others;
    }
}
