package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.catalog.ConfigurationFault;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Normalized;
import isthmus.model.Op;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NormalizerTest {
    private final Normalizer normalizer = Islands.normalizer();

    @Test
    void offersEveryPieceToEveryEntityOfItsPull() {
        Chunk chunk = Rows.account().with("ORG_NO", null).chunk(Islands.pull("account"));

        Normalized normalized = normalizer.normalize(chunk);

        assertThat(normalized.outcomes()).containsOnlyKeys("customer", "account");
        assertThat(normalized.outcomes().get("customer")).first().isInstanceOf(Outcome.Accepted.class);
        assertThat(normalized.outcomes().get("account")).first().isInstanceOf(Outcome.Rejected.class);
        assertThat(normalized.mappings()).containsEntry("customer", "billing-customer@1");
    }

    @Test
    void leavesWhatTheReaderRefusedAsItIs() {
        var refusal = new Outcome.Rejected(Reason.QUOTE, null, "an open quote");
        Piece broken = new Piece(new String[0], List.of(), 7, "x.csv:7", () -> new byte[0], refusal);
        Chunk good = Rows.meter().chunk(Islands.pull("meter"));
        Chunk chunk = new Chunk(
                good.system(), good.pull(), good.entities(), 1, null, List.of(broken), good.origin(), null, null);

        assertThat(normalizer.normalize(chunk).outcomes().values()).containsOnly(List.of(refusal));
    }

    @Test
    void looksColumnsUpByName() {
        Row row = Rows.bill();
        Chunk chunk = row.chunk(Islands.pull("bill"));
        List<String> columns = new ArrayList<>(Islands.pull("bill").layout().columns());
        Collections.shuffle(columns, new Random(7));
        columns.add(3, "UNEXPECTED");
        Layout lines = Objects.requireNonNull(Islands.pull("bill").layout().child("lines"));
        Layout layout = new Layout(columns, java.util.Map.of("lines", lines));
        Chunk shuffled = new Chunk(
                "billing", "bill", chunk.entities(), 1, layout, List.of(row.piece(layout)), chunk.origin(), null, null);

        Fact one = Row.fact(
                Objects.requireNonNull(normalizer.normalize(chunk).outcomes().get("bill"))
                        .get(0));
        Fact two = Row.fact(
                Objects.requireNonNull(normalizer.normalize(shuffled).outcomes().get("bill"))
                        .get(0));

        assertThat(two).usingRecursiveComparison().isEqualTo(one);
    }

    @Test
    void stopsWhenAColumnOfTheContractDidNotCome() {
        Chunk chunk = Rows.payment().chunk(Islands.pull("payment"));
        Layout less = Layout.of("PAY_ID", "CONS_NO");
        Chunk incomplete =
                new Chunk("billing", "payment", chunk.entities(), 1, less, List.of(), chunk.origin(), null, null);

        assertThatThrownBy(() -> normalizer.normalize(incomplete))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("PAY_AMT did not come");
    }

    @Test
    void namesWhatARecordRefersTo() {
        Fact account = Rows.account().fact(normalizer, "account");
        Fact request = Rows.workOrder().fact(normalizer, "servicerequest");
        Fact reversed =
                Rows.payment().with("RCVBL_YM", "").with("REV_PAY_ID", "7").fact(normalizer, "payment");

        assertThat(account.refs())
                .extracting(Fact.Ref::path)
                .containsExactlyInAnyOrder("/customer", "/servicePoints/0/servicePoint", "/servicePoints/0/tariff");
        assertThat(request.refs()).extracting(Fact.Ref::path).containsExactly("/customer");
        assertThat(request.partitionKey()).isEqualTo("urn:isthmus:yj:crm:customer:C00084512");
        assertThat(reversed.refs()).extracting(Fact.Ref::path).containsExactly("/account", "/reversalOf");
        assertThat(Rows.workOrder()
                        .with("customerNo", "")
                        .fact(normalizer, "servicerequest")
                        .partitionKey())
                .isEqualTo("urn:isthmus:yj:crm:servicerequest:W2026110001");
    }

    @Test
    void saysADeletedCustomerAsATombstone() {
        Fact gone = Rows.customer().with("deleted", "Y").with("name", null).fact(normalizer, "customer");

        assertThat(gone.op()).isEqualTo(Op.DELETE);
        assertThat(new String(gone.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"deletedAt\":\"2026-11-22T23:22:33+08:00\","
                        + "\"id\":\"urn:isthmus:yj:crm:customer:C00084512\"}");
        assertThat(Rows.customer()
                        .with("deleted", "N")
                        .fact(normalizer, "customer")
                        .op())
                .isEqualTo(Op.UPSERT);
        assertThat(Rows.customer().with("deleted", "?").refusal(normalizer, "customer"))
                .isEqualTo("BOOLEAN-INVALID deleted");
    }

    @Test
    void hashesKeyAndRowAsTheNightDoes() throws GeneralSecurityException {
        Row row = new Row("billing", "account")
                .with("CONS_NO", " 31 ")
                .with("CONS_NAME", "张三")
                .with("ORG_NO", "4")
                .with("MR_SECT_NO", "S")
                .with("STATUS_CODE", "0")
                .with("CONTRACT_CAP", "8")
                .with("RUN_CAP", "")
                .with("OWN_AMT", "1.5")
                .with("LAST_UPDATED", "2026-11-02 09:00:03")
                .child("points", "MP_NO", "M1", "FROM_DATE", "2014-03-08");
        String n = "\u001e";

        Fact fact = row.fact(normalizer, "account");

        assertThat(fact.keyHash()).isEqualTo(md5("31"));
        assertThat(fact.rowHash())
                .isEqualTo(md5(String.join(
                        "\u001f",
                        List.of(
                                " 31",
                                n,
                                n,
                                "8.000000",
                                n,
                                "0",
                                "4",
                                "S",
                                n,
                                n,
                                n,
                                n,
                                n,
                                "1.50",
                                n,
                                "2026-11-02T09:00:03",
                                "M1",
                                n,
                                n,
                                "2014-03-08",
                                n))));
        assertThat(Rows.bill().fact(normalizer, "bill").keyHash()).isEqualTo(md5("3100012345/202610/1"));
    }

    private static String md5(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesARecordThatNoEventCanHold() {
        Row row = Rows.bill();
        for (int i = 0; i < 2000; i++) {
            row.child("lines", "LINE_NO", "" + (i + 4), "KIND_CODE", "08", "AMT", "0");
        }

        assertThat(row.refusal(normalizer, "bill")).isEqualTo("EVENT-SIZE null");
    }

    @Test
    void givesManyThreadsTheSameAnswers() throws Exception {
        List<Callable<String>> work = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean bill = i % 2 == 0;
            String amount = i + ".00";
            expected.add((bill
                            ? Rows.bill().with("RCVBL_AMT", amount)
                            : Rows.customer().with("name", "李" + i))
                    .refusal(normalizer, bill ? "bill" : "customer"));
            String name = "李" + i;
            work.add(() -> (bill
                            ? Rows.bill().with("RCVBL_AMT", amount)
                            : Rows.customer().with("name", name))
                    .refusal(normalizer, bill ? "bill" : "customer"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<String> came = new ArrayList<>();
            for (var result : threads.invokeAll(work)) {
                came.add(result.get());
            }
            assertThat(came).isEqualTo(expected);
        } finally {
            threads.shutdownNow();
        }
    }
}
