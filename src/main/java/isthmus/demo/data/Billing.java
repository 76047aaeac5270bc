package isthmus.demo.data;

import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.data.Town.Account;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills the billing tables account by account, and says what must come of them. */
final class Billing {
    private static final int REPORT_EVERY = 1_000;
    private static final String SYSTEM = "billing";

    private final Town town;
    private final Desk desk;
    private final Tide tide;
    private final Ledger ledger;
    private final Plan plan;
    private final Supplies supplies;
    private final Bills bills;
    private final BillingFaults faults;
    private final Quarter quarter;
    private final Contradictions found;
    private final Induced induced;
    private final BillDisputes billDisputes;
    private final PaymentDisputes paymentDisputes;
    private final Silence silence;
    private final Map<Fault, Integer> planted = new EnumMap<>(Fault.class);

    Billing(
            Town town,
            Quarter quarter,
            Curves curves,
            Plan plan,
            Desk desk,
            Tide tide,
            Ledger ledger,
            Contradictions found) {
        this.town = town;
        this.quarter = quarter;
        this.found = found;
        this.desk = desk;
        this.tide = tide;
        this.ledger = ledger;
        this.plan = plan;
        supplies = new Supplies(town.seed);
        bills = new Bills(town.seed, curves, plan.has(Fault.B_EQUAL_TIME));
        faults = new BillingFaults(bills);
        induced = new Induced(found);
        billDisputes = new BillDisputes(bills, new Dials(curves), found);
        paymentDisputes = new PaymentDisputes(bills, found);
        silence = new Silence(paymentDisputes, tide.silent(), found);
    }

    void write(Consumer<String> progress) throws SQLException, IOException {
        desk.createTables();
        writeTariffs();
        List<Fault> kinds = Stream.of(Fault.values())
                .filter(fault -> fault.isIn('B') && fault != Fault.B_EQUAL_TIME)
                .toList();
        Map<Integer, Fault> where = plan.spread("billing", kinds, 1, town.accounts());
        for (int i = 0; i < town.accounts(); i++) {
            Family family = family(town.account(i), where.get(i));
            put(family);
            offer(family, where.get(i));
            ledger.settle();
            if ((i + 1) % REPORT_EVERY == 0) {
                desk.commit();
                progress.accept("billing: " + (i + 1) + " of " + town.accounts() + " accounts");
            }
        }
        for (Resident resident : quarter.residents()) {
            if (!resident.is(Dispute.STRAY, Dispute.UNKNOWN_ACCOUNT)) {
                Family family = family(resident);
                put(family);
                offer(family, null);
                ledger.settle();
            }
        }
        desk.commit();
    }

    private void writeTariffs() throws SQLException, IOException {
        for (Row tariff : Tariffs.rows()) {
            desk.put(Table.E_CAT_PRC, tariff);
            for (Row detail : tariff.children()) {
                desk.put(Table.E_CAT_PRC_DET, detail);
            }
            String locator = tariff.get("PRC_CODE") + "/" + tariff.get("BGN_DATE");
            ledger.offer(SYSTEM, "tariff", tariff, "", locator, null);
        }
        ledger.settle();
    }

    private Family family(Account account, @Nullable Fault fault) throws IOException {
        List<Row> due = bills.bills(account, supplies.tariff(account));
        List<Row> paid = bills.payments(account, due);
        Family family = new Family(account, supplies.account(account), supplies.points(account), due, paid);
        if (fault != null) {
            faults.plant(fault, planted.merge(fault, 1, Integer::sum) - 1, family);
            induced.by(fault, family);
            ledger.plant(fault);
        }
        if (bills.isAtOnce(account)) {
            ledger.plant(Fault.B_EQUAL_TIME, family.bills.size());
        }
        return family;
    }

    private Family family(Resident resident) throws IOException {
        Account account = resident.account();
        List<Row> due = bills.bills(account, supplies.tariff(account));
        billDisputes.plant(resident, supplies.tariff(account), due);
        List<Row> paid = bills.payments(account, due);
        Row cons = supplies.account(account).set("STATUS_CODE", "0").set("CANCEL_DATE", null);
        List<Row> points = supplies.points(account);
        points.forEach(point -> point.set("STATUS_CODE", "02"));
        Family family = new Family(account, cons, points, due, paid);
        paymentDisputes.plant(resident, family);
        if (resident.is(Dispute.SILENT)) {
            silence.plant(resident, family);
        }
        return family;
    }

    private void put(Family family) throws SQLException, IOException {
        if (family.early) {
            desk.put(Table.C_CONS, family.cons);
            for (Row point : family.points) {
                desk.put(Table.C_MP, point);
            }
        }
        for (Row bill : family.bills) {
            desk.put(Table.A_RCVBL_FLOW, bill);
            for (Row line : bill.children()) {
                desk.put(Table.A_RCVBL_DET, line);
            }
        }
        for (Row payment : family.payments) {
            desk.put(Table.A_RCVED_FLOW, payment);
        }
        for (Row cons : family.lateCons) {
            tide.billing().put(Table.C_CONS, cons);
        }
        for (Row point : family.latePoints) {
            tide.billing().put(Table.C_MP, point);
        }
        for (Row bill : family.lateBills) {
            tide.billing().put(Table.A_RCVBL_FLOW, bill);
            for (Row line : bill.children()) {
                tide.billing().put(Table.A_RCVBL_DET, line);
            }
        }
        for (Row payment : family.latePayments) {
            tide.billing().put(Table.A_RCVED_FLOW, payment);
        }
    }

    private void offer(Family family, @Nullable Fault fault) throws IOException {
        boolean hasCustomer = false;
        if (family.early) {
            hasCustomer = offerAccount(Family.withPoints(family.cons, family.points), fault);
            offerAll("servicepoint", family.points, fault, "MP_NO");
        }
        for (Row cons : family.lateCons) {
            hasCustomer |= offerAccount(Family.withPoints(cons, family.latePoints), fault);
        }
        if (hasCustomer) {
            String customer = "acct-" + family.account.number();
            found.identity(SYSTEM, customer, Client.holderOf(family.account), List.of());
        }
        offerAll("servicepoint", family.latePoints, fault, "MP_NO");
        offerAll("bill", family.bills, fault, "CONS_NO", "RCVBL_YM", "SEQ_NO");
        offerAll("bill", family.lateBills, fault, "CONS_NO", "RCVBL_YM", "SEQ_NO");
        offerAll("payment", family.payments, fault, "PAY_ID");
        offerAll("payment", family.latePayments, fault, "PAY_ID");
    }

    /** Whether its customer comes out. */
    private boolean offerAccount(Row account, @Nullable Fault fault) throws IOException {
        boolean hasCustomer = offerAll("customer", List.of(account), fault, "CONS_NO");
        boolean comesOut = offerAll("account", List.of(account), fault, "CONS_NO");
        if (comesOut) {
            found.account(account, hasCustomer);
        }
        return hasCustomer;
    }

    private boolean offerAll(String entity, List<Row> rows, @Nullable Fault fault, String... key) throws IOException {
        boolean comesOut = true;
        for (Row row : rows) {
            String locator = String.join("/", Stream.of(key).map(row::need).toList());
            String sequence = Calendar.sequence(Calendar.time(row.need("LAST_UPDATED")), 0);
            comesOut &= ledger.offer(SYSTEM, entity, row, sequence, locator, fault);
        }
        return comesOut;
    }
}
