package isthmus.demo.data;

import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.data.Town.Account;
import isthmus.demo.truth.CanonicalJson;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what the customer service answers from, now and after the second tide. */
final class Crm {
    private static final String SYSTEM = "crm";
    private static final int PAGE = 500;
    private static final int SETTLE_EVERY = 1_000;

    private final Town town;
    private final Plan plan;
    private final Ledger ledger;
    private final Quarter quarter;
    private final Contradictions found;
    private final Clients clients;
    private final Supplies supplies;
    private final Clientele clientele;
    private final Slips slips;
    private final Twins twins;
    private final Map<String, Integer> planted = new HashMap<>();

    Crm(Town town, Quarter quarter, Plan plan, Ledger ledger, Contradictions found) {
        this.town = town;
        this.quarter = quarter;
        this.found = found;
        this.plan = plan;
        this.ledger = ledger;
        clients = new Clients(town.seed);
        supplies = new Supplies(town.seed);
        clientele = new Clientele(town, plan.hasSlips());
        slips = new Slips(town.seed);
        twins = new Twins(town.seed);
    }

    void write(Path dir, Path later, Consumer<String> progress) throws IOException {
        Files.createDirectories(dir);
        List<Client> holders = clientele.holders();
        Map<Integer, Fault> faults = plan.spread("customer", ClientFaults.OF_CUSTOMERS, 0, holders.size());
        List<Row> now = new ArrayList<>();
        List<Row> then = new ArrayList<>();
        for (Client client : holders) {
            enter(client, faults.get(now.size()), now, then);
        }
        for (Client client : clientele.others()) {
            enter(client, null, now, then);
        }
        for (Resident resident : quarter.residents()) {
            if (!resident.is(Dispute.STRAY)) {
                Row customer = customer(resident, now.size());
                enter(resident, customer, now, then);
                if (resident.is(Dispute.DUP_NUMBER, Dispute.DUP_FLAT)) {
                    enter(resident, twins.again(resident, customer, now.size()), now, then);
                    found.add(
                            resident.dispute().check(),
                            Contradictions.twins(customer.need("customerNo"), Clients.number(now.size() - 1)),
                            resident.dispute().cause());
                }
            }
        }
        ledger.settle();
        print(dir.resolve("customers.jsonl"), now, "customerNo", plan.times(Fault.C_AGAIN));
        if (plan.has(Fault.C_UPDATED)) {
            print(later.resolve("customers.jsonl"), then, "customerNo", plan.times(Fault.C_AGAIN));
        }
        writeOrders(dir, holders, faults);
        writeCalls(dir);
        progress.accept("crm: " + now.size() + " customers");
    }

    private void enter(Resident resident, Row customer, List<Row> now, List<Row> then) throws IOException {
        String who = Client.holderOf(resident.account());
        offer("customer", customer, "customerNo", null);
        found.entry(customer, who);
        found.identity(SYSTEM, customer.need("customerNo"), who, List.of());
        now.add(customer);
        then.add(customer);
    }

    /** A message in which a fault is planted has nothing else wrong. */
    private void enter(Client client, @Nullable Fault fault, List<Row> now, List<Row> then) throws IOException {
        Row customer = clients.customer(now.size(), client.home());
        List<Slip> slipped = List.of();
        if (plan.hasSlips()) {
            slips.identify(client, customer);
            slipped = fault == null ? slips.plant(client, customer) : slipped;
        }
        if (fault != null) {
            ClientFaults.spoil(fault, nth("customer", fault), customer);
        }
        Row last = fault == Fault.C_UPDATED ? updated(customer) : customer;
        if (offer("customer", customer, "customerNo", fault) && customer.get("deleted") == null) {
            found.entry(last, client.who());
            found.identity(SYSTEM, customer.need("customerNo"), client.who(), slipped);
        }
        now.add(customer);
        then.add(last);
        if (now.size() % SETTLE_EVERY == 1) {
            ledger.settle();
        }
    }

    private Row customer(Resident resident, int ordinal) throws IOException {
        Account account = resident.account();
        Row customer = clients.customer(ordinal, account)
                .set("consNo", account.number())
                .set("status", resident.is(Dispute.CLOSED_CONNECTED, Dispute.CLOSED_REQUEST) ? "C" : "A");
        if (resident.is(Dispute.UNKNOWN_ACCOUNT)) {
            customer.set("consNo", PaymentDisputes.stranger(account.number()));
        }
        if (resident.is(Dispute.CLOSED_BEFORE)) {
            customer.set("createDate", "2025-03-01");
        }
        twins.spoil(resident, customer);
        if (resident.is(Dispute.UNKNOWN_ACCOUNT, Dispute.CLOSED_BEFORE)) {
            found.add(
                    "X-CUST-NOACCT",
                    customer.need("customerNo"),
                    resident.dispute().cause());
        }
        return customer;
    }

    private int nth(String what, Fault fault) {
        ledger.plant(fault);
        return planted.merge(what + fault, 1, Integer::sum) - 1;
    }

    private Row updated(Row customer) throws IOException {
        Row later = customer.copy()
                .set("mobile", "13912345678")
                .set("status", "A")
                .set("changeTime", Clients.text(Calendar.SECOND_TIDE));
        offer("customer", later, "customerNo", Fault.C_UPDATED);
        return later;
    }

    private boolean offer(String entity, Row row, String key, @Nullable Fault fault) throws IOException {
        String sequence = Calendar.sequence(Calendar.time(row.need("changeTime")), 0);
        return ledger.offer(SYSTEM, entity, row, sequence, row.need(key), fault);
    }

    private void writeOrders(Path dir, List<Client> owners, Map<Integer, Fault> gone) throws IOException {
        List<Row> orders = new ArrayList<>();
        int count = owners.isEmpty() ? 0 : Math.max(60, owners.size() / 8);
        Map<Integer, Fault> faults = plan.spread("order", ClientFaults.OF_ORDERS, 0, count);
        for (int i = 0; i < count; i++) {
            int owner = Dice.of(town.seed, "caller", i).below(owners.size());
            for (int tries = 0; gone.get(owner) == Fault.C_DELETED && tries < owners.size(); tries++) {
                owner = (owner + 1) % owners.size();
            }
            Account account = owners.get(owner).home();
            Row order = clients.order(i, Clients.number(owner), account);
            if (supplies.isClosed(account.index())) {
                order.set("status", "4");
            }
            Fault fault = faults.get(i);
            if (fault != null) {
                ClientFaults.spoilOrder(fault, nth("order", fault), order);
            }
            offer("servicerequest", order, "orderNo", fault);
            orders.add(order);
        }
        for (Resident resident : quarter.residents()) {
            if (resident.is(Dispute.CLOSED_REQUEST)) {
                Row order = open(resident, orders.size());
                offer("servicerequest", order, "orderNo", null);
                orders.add(order);
            }
        }
        ledger.settle();
        print(dir.resolve("workorders.jsonl"), orders, "orderNo", 0);
    }

    private Row open(Resident resident, int ordinal) {
        Row order = clients.order(ordinal, Clients.number(0), resident.account())
                .set("customerNo", null)
                .set("consNo", resident.account().number())
                .set("closeTime", null)
                .set("satisfaction", null)
                .set("status", "1");
        return order.set("changeTime", order.need("openTime"));
    }

    /** One message a line by change time and number; a few stand twice, across page ends where there are any. */
    private void print(Path file, List<Row> rows, String key, int again) throws IOException {
        rows.sort(Comparator.comparing((Row row) -> row.need("changeTime")).thenComparing(row -> row.need(key)));
        int left = again;
        int line = 0;
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows.size(); i++) {
                String text = json(rows.get(i)) + "\n";
                out.write(text);
                line++;
                boolean pageEnd = line % PAGE == 0;
                boolean last = rows.size() - i <= left;
                if (left > 0 && (pageEnd || last)) {
                    out.write(text);
                    line++;
                    left--;
                }
            }
        }
    }

    private static String json(Row row) {
        Map<String, Object> message = new TreeMap<>(row.cells());
        if (!row.children().isEmpty()) {
            message.put("consents", row.children().stream().map(Row::cells).toList());
        }
        return CanonicalJson.of(message);
    }

    /** How often the service itself fails. */
    private void writeCalls(Path dir) throws IOException {
        Map<Fault, String> names = new EnumMap<>(Map.of(
                Fault.C_FAULT, "fault", Fault.C_FAULT_200, "fault200", Fault.C_CUT, "cut", Fault.C_SLOW, "slow"));
        Map<String, Object> calls = new TreeMap<>();
        names.forEach((fault, name) -> {
            calls.put(name, plan.times(fault));
            if (plan.has(fault)) {
                ledger.plant(fault, plan.times(fault));
            }
        });
        if (plan.has(Fault.C_AGAIN)) {
            ledger.plant(Fault.C_AGAIN, plan.times(Fault.C_AGAIN));
        }
        Files.writeString(dir.resolve("faults.json"), CanonicalJson.of(calls) + "\n");
    }
}
