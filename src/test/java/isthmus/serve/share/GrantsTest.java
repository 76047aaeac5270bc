package isthmus.serve.share;

import static isthmus.serve.share.Town.FINANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit;
import isthmus.security.share.Grant;
import isthmus.serve.share.Grants.Wish;
import isthmus.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be granted, and that it is written down. */
class GrantsTest {
    private static Store store;
    private static Grants grants;

    @BeforeAll
    static void start() {
        store = Store.fresh();
        grants = new Grants(store.source, new Audit(store.source, store.clock), store.clock);
    }

    @Test
    void givingAndTakingBackAreInTheAudit() {
        Grant grant = grants.give(Town.wish("bank-a", FINANCE, "bill", "amounts.total", "/period"), "clerk");
        assertThat(grants.revoke(grant.id(), "contract ended", "clerk")).isTrue();
        assertThat(grants.revoke(grant.id(), "again", "clerk")).isFalse();

        assertThat(store.sql
                        .sql("select actor || ' ' || action || ' ' || detail from audit where subject = ? order by id")
                        .param("grant " + grant.id())
                        .query(String.class)
                        .list())
                .containsExactly(
                        "clerk share.grant bank-a may have /amounts/total /period of bill for shareFinance from "
                                + grant.from() + " until " + grant.until() + ", ticket DPO-117",
                        "clerk share.revoke contract ended");
        assertThat(grants.all())
                .filteredOn(one -> one.id() == grant.id())
                .extracting(one -> one.state(Instant.now()))
                .containsExactly("revoked");
    }

    @Test
    void aGrantThatWasGivenStaysAsItIs() {
        Grant grant = grants.give(Town.wish("bank-c", FINANCE, "bill", "period"), "clerk");

        for (String change : List.of(
                "delete from share_grant",
                "truncate share_grant",
                "update share_grant set good_until = good_until + interval '1 day'",
                "update share_grant set fields = '{/lines}', revoked = now()",
                "update share_grant set revoked = null where id = " + grant.id())) {
            assertThatThrownBy(() -> store.sql.sql(change).update()).as(change).hasMessageContaining("share_grant");
        }
        assertThat(grants.all()).contains(grant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bill     | amounts.total        | /amounts/total",
                "bill     | amounts.taxes        | /amounts/taxes",
                "bill     | /lines/unitPrice     | /lines/unitPrice",
                "bill     | usage.byTou.peak     | /usage/byTou/peak",
                "customer | identifiers.hash     | /identifiers/hash",
                "customer | addresses.parts.city | /addresses/parts/city",
                "customer | /ext/yj.consNo       | /ext/yj.consNo",
                "account  | servicePoints.tariff | /servicePoints/tariff"
            })
    void aFieldIsWhatTheSchemaNames(String entity, String given, String kept) {
        assertThat(Members.pointer(entity, given)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "bill, total",
        "bill, amount.total",
        "bill, lines.price",
        "bill, /lines/0/amount",
        "bill, amounts.total.cents",
        "customer, ext.consNo",
        "customer, name.first",
        "customer, 'name;drop'",
        "customer, /",
        "customer, ''"
    })
    void anUnknownFieldIsRefusedAndSaysWhatThereIs(String entity, String field) {
        assertThatThrownBy(() -> grants.give(Town.wish("bank-a", FINANCE, entity, field), "clerk"))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("field")
                .hasMessageContaining(field);
    }

    @Test
    void aGrantThatCannotBeIsNotGiven() {
        long before = store.count("share_grant");
        Instant now = Instant.now();
        Instant until = now.plus(Duration.ofDays(30));
        List<String> kind = List.of("kind");
        for (Wish wrong : List.of(
                new Wish("Bank A", FINANCE, "customer", kind, null, until, "T-1"),
                new Wish("bank-a", "billPush", "customer", kind, null, until, "T-1"),
                new Wish("bank-a", FINANCE, "intervalblock", List.of("date"), null, until, "T-1"),
                new Wish("bank-a", FINANCE, "unifiedcustomer", kind, null, until, "T-1"),
                new Wish("bank-a", FINANCE, "customers", kind, null, until, "T-1"),
                new Wish("bank-a", FINANCE, "customer", List.of(), null, until, "T-1"),
                new Wish("bank-a", FINANCE, "customer", kind, null, now.minusSeconds(1), "T-1"),
                new Wish("bank-a", FINANCE, "customer", kind, until, until, "T-1"),
                new Wish("bank-a", FINANCE, "customer", kind, null, now.plus(Duration.ofDays(367)), "T-1"),
                new Wish("bank-a", FINANCE, "customer", kind, null, until, "because he asked"))) {
            assertThatThrownBy(() -> grants.give(wrong, "clerk"))
                    .as(wrong.toString())
                    .isInstanceOf(Unfit.class);
        }
        assertThat(store.count("share_grant")).isEqualTo(before);
    }
}
