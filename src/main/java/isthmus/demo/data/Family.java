package isthmus.demo.data;

import isthmus.demo.data.Town.Account;
import isthmus.demo.truth.Row;
import java.util.ArrayList;
import java.util.List;

/** One account's rows in the billing tables: those of the first tide, and what the second brings. */
final class Family {
    final Account account;
    Row cons;
    List<Row> points;
    final List<Row> bills;
    final List<Row> payments;
    /** Rows that are inserted or replaced by the second tide. */
    final List<Row> lateCons = new ArrayList<>();

    final List<Row> latePoints = new ArrayList<>();
    final List<Row> lateBills = new ArrayList<>();
    final List<Row> latePayments = new ArrayList<>();
    /** Whether the account and its points are in the first tide at all. */
    boolean early = true;

    Family(Account account, Row cons, List<Row> points, List<Row> bills, List<Row> payments) {
        this.account = account;
        this.cons = cons;
        this.points = points;
        this.bills = bills;
        this.payments = payments;
    }

    Row lastBill() {
        return bills.get(bills.size() - 1);
    }

    /** Everything of the first tide that has a change time. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(cons));
        rows.addAll(points);
        rows.addAll(bills);
        rows.addAll(payments);
        return rows;
    }

    /** The account with its service points beneath, as the account pull sees it. */
    static Row withPoints(Row cons, List<Row> points) {
        Row row = cons.copy();
        points.forEach(row::add);
        return row;
    }
}
