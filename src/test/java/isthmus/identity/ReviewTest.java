package isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.crosscheck.Seeds;
import isthmus.identity.Explain.Explained;
import isthmus.identity.Explain.Part;
import isthmus.identity.Review.Open;
import isthmus.security.seal.Seals;
import isthmus.store.Store;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is put before a person, and how it is explained: in order, with the money, and without a name. */
class ReviewTest {
    private static final IdentityRules RULES = IdentityRules.read(Path.of("config"), Pairs.SYSTEMS);
    private static final String FLAT = "北京市朝阳区建国路88号3栋2单元501室";

    private final Store store = Store.fresh();
    private final Explain explain = new Explain(RULES, store.source, Seals.NONE);
    private final Review review = new Review(store.source, store.clock, store.clock.getZone(), Seals.NONE);

    @BeforeEach
    void aNightOverATown() {
        // A name that a customer has written down the account of.
        customer("crm", "C1", "person", "李婷", "+8613812340001", "", "310");
        customer("billing", "b1", "person", "王芳", "+8613500000002", "", "");
        account("310", "b1");
        // Names of one sound, one telephone.
        customer("crm", "C2", "person", "张伟", "+8613812340003", "", "");
        customer("billing", "b2", "person", "章伟", "+8613812340003", "", "");
        account("320", "b2");
        customer("crm", "C3", "person", "赵磊", "+8613812340004", "", "");
        customer("billing", "b3", "person", "赵雷", "+8613812340004", "", "");
        account("330", "b3");
        customer("crm", "C4", "organization", "北京市朝阳区某某物业管理有限公司", "+861065550123", FLAT, "");
        bill("310", "1", "100.10", LocalDate.now(store.clock).minusMonths(2));
        bill("310", "2", "7.00", LocalDate.now(store.clock).minusMonths(14));
        bill("330", "3", "0.35", LocalDate.now(store.clock).minusMonths(1));
        bill("330", "4", "1000000000000.01", LocalDate.now(store.clock).minusMonths(3));
        new Linking(RULES, store.source, store.clock).update(1, Linking.Notes.NONE);
    }

    @Test
    void whatAKeySaysComesFirstAndOfEquallyLikelyOnesMostMoney() {
        List<Open> open = review.open(null, null, 10).open();

        assertThat(open).extracting(Open::rule).containsExactly("XREF", "MATCH", "MATCH", "MATCH");
        assertThat(open)
                .extracting(one -> one.money().toPlainString())
                .containsExactly("100.10", "0", "1000000000000.36", "0");
        assertThat(open).extracting(Open::leftName).containsExactly("王*", "北京************公司", "赵*", "章*");
        assertThat(open).extracting(Open::rightName).containsExactly("李*", "北京************公司", "赵*", "张*");
        assertThat(open.get(2).posterior()).isEqualByComparingTo(open.get(3).posterior());
        assertThat(open.get(0).evidence()).contains("But their names do not resemble each other.");
        assertThat(review.open(LinkRule.XREF, null, 10).open()).hasSize(1);
    }

    @Test
    void pagesFollowEachOtherWithoutAGap() {
        List<Long> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            Review.Page page = review.open(null, after, 1);
            found.add(page.open().get(0).id());
            after = page.next();
        } while (after != null);

        assertThat(found).hasSize(4).doesNotHaveDuplicates();
        assertThatThrownBy(() -> review.open(null, "1/2", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoAreExplainedFieldByFieldAndNobodyIsNamed() {
        Explained pair = explain.of(id("billing", "b2"), id("crm", "C2"));

        assertThat(pair.parts()).extracting(Part::field).containsExactly("contact", "name", "address");
        assertThat(pair.parts()).extracting(Part::level).containsExactly("same", "sound", "missing");
        assertThat(pair.parts()).extracting(Part::left).containsExactly("138****0003", "章*", "");
        assertThat(pair.parts()).extracting(Part::right).containsExactly("138****0003", "张*", "");
        BigDecimal sum = pair.parts().stream().map(Part::bits).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(pair.weight());
        assertThat(pair.decision()).isEqualTo("review");
        assertThat(pair.why()).isEqualTo("unsure");
        Link stands = pair.stands();
        assertThat(stands).isNotNull();
        assertThat(pair.posterior())
                .isEqualByComparingTo(
                        review.open(LinkRule.MATCH, null, 9).open().get(1).posterior());
        assertThat(pair.svg())
                .startsWith("<?xml")
                .contains("xmlns=\"http://www.w3.org/2000/svg\"", "138****0003")
                .doesNotContain("张伟", "章伟", "13812340003");
    }

    @Test
    void twoThatNoNightHasWeighedAreExplainedToo() {
        Explained pair = explain.of(id("crm", "C1"), id("billing", "b3"));

        assertThat(pair.met()).isFalse();
        assertThat(pair.decision()).isEqualTo("none");
        assertThat(pair.why()).isEqualTo("unlike");
        assertThat(pair.stands()).isNull();
        assertThat(pair.parts().get(1).vetoes()).isTrue();
        assertThat(pair.parts().get(1).words())
                .isEqualTo("name other: so are 3 % of the pairs that are one, and 99 % of others."
                        + " It keeps them from being linked.");
    }

    @Test
    void aPersonAndAnOrganizationAreNotCompared() {
        Explained pair = explain.of(id("crm", "C1"), id("crm", "C4"));

        assertThat(pair.parts()).isEmpty();
        assertThat(pair.why()).isEqualTo("other-kind");
        assertThat(pair.svg()).contains("posterior");
    }

    @Test
    void anAccountStandsForItsCustomer() {
        Explained pair = explain.of("urn:isthmus:yj:billing:account:330", id("crm", "C3"));

        assertThat(pair.parts()).extracting(Part::level).containsExactly("same", "sound", "missing");
    }

    @Test
    void anAddressIsShownByItsNumbers() {
        Explained pair = explain.of(id("crm", "C4"), id("crm", "C4b"));

        assertThat(pair.parts()).extracting(Part::left).contains("..|..|88||3|2|501|");
    }

    private static String id(String silo, String key) {
        return "urn:isthmus:yj:" + silo + ":customer:" + key;
    }

    private void account(String no, String customer) {
        Seeds.record(
                store,
                "billing",
                "account",
                no,
                "{\"accountNo\": \"%s\", \"customer\": \"%s\"}".formatted(no, id("billing", customer)));
    }

    private void bill(String account, String key, String total, LocalDate from) {
        Seeds.record(
                store,
                "billing",
                "bill",
                key,
                "{\"status\": \"issued\", \"amounts\": {\"total\": \"%s\"}}".formatted(total));
        store.sql
                .sql("update record set partitionkey = ?, valid_from = ? where id = ?")
                .params("urn:isthmus:yj:billing:account:" + account, from, "urn:isthmus:yj:billing:bill:" + key)
                .update();
    }

    private void customer(
            String silo, String key, String kind, String name, String phone, String address, String account) {
        String body = "{\"kind\": \"%s\", \"name\": {\"display\": \"%s\"}, \"contacts\": [{\"value\": \"%s\"}]"
                        .formatted(kind, name, phone)
                + (address.isEmpty() ? "" : ", \"addresses\": [{\"normalized\": \"" + address + "\"}]")
                + (account.isEmpty() ? "" : ", \"ext\": {\"yj.consNo\": \"" + account + "\"}");
        Seeds.record(store, silo, "customer", key, body + "}");
        if (!address.isEmpty()) {
            Seeds.record(store, silo, "customer", key + "b", body + "}");
        }
    }
}
