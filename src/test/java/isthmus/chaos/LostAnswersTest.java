package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F22: a broker whose answers are lost on the way, and one that lets the hub write no more. */
@Tag("chaos")
class LostAnswersTest {
    private static final int LOST = 10;
    /** Stands in every request by which the relay begins, writes and commits. */
    private static final String PRODUCER = "isthmus-relay";

    @Test
    void answersThatAreLostLoseAndDoubleNothing() throws Exception {
        Random random = Seeds.of("F22");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server broker = stage.server("kafka");
            broker.kill();
            try (CutProxy proxy = new CutProxy(broker.port())) {
                broker.set("advertised.listeners", "PLAINTEXT://127.0.0.1:" + proxy.port());
                broker.startAgain();
                HubProcess hub = stage.hub(Map.of("ISTHMUS_KAFKA", "127.0.0.1:" + proxy.port()), null);
                stage.awaitRunAfter(0);
                lose(proxy, stage, random);
                stage.tide();
                lose(proxy, stage, random);
                stage.awaitWhole();
                hub.awaitStatus("UP");
                stage.check("answers of the broker were lost", hub);
                assertThat(proxy.cuts.get()).isPositive();
                Seeds.tell("F22", proxy.cuts.get(), "answers of the broker to the relay lost");
            }
        }
    }

    @Test
    void aTopicThatMayNotBeWrittenIsNeverPassedOver() throws Exception {
        Random random = Seeds.of("F22");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2)) {
            Server broker = stage.server("kafka");
            broker.kill();
            broker.set("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
            broker.set("allow.everyone.if.no.acl.found", "true");
            broker.startAgain();
            HubProcess hub = stage.hub();
            stage.awaitWholeSince(0);
            try (Admin admin = Admin.create(
                    Map.of("bootstrap.servers", stage.ground().environment().get("ISTHMUS_KAFKA")))) {
                // when somebody lets nobody write bills
                admin.createAcls(List.of(
                                acl(AclOperation.ALL, AclPermissionType.ALLOW),
                                acl(AclOperation.WRITE, AclPermissionType.DENY)))
                        .all()
                        .get();
                stage.tide();
                JsonNode trouble = hub.awaitTrouble("relay", "TopicAuthorization");
                System.out.println("F22: not allowed: health says " + trouble);
                assertThat(stage.number("select max(position) from chunk_log"))
                        .isGreaterThan(stage.number("select max(position) from feed_position"));

                // and lets us again
                admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
            }
            stage.awaitWhole();
            hub.awaitStatus("UP");
            stage.check("a topic could not be written for a while", hub);
            Seeds.tell("F22", 1, "writing denied");
        }
    }

    /** Some answers, each at its own moment, while there is something to tell. */
    private static void lose(CutProxy proxy, Stage stage, Random random) throws Exception {
        long since = stage.newestRun() - 1;
        for (int lost = 0; lost < LOST && !stage.isWholeSince(since); lost++) {
            Seeds.aMoment(random.nextInt(300));
            int cuts = proxy.cuts.get();
            proxy.loseTheAnswerTo(PRODUCER);
            Awaitility.await("an answer is lost, or all is told")
                    .atMost(Stage.PATIENCE)
                    .until(() -> proxy.cuts.get() > cuts || stage.isWholeSince(since));
        }
        proxy.pass();
        stage.awaitWholeSince(since);
    }

    private static AclBinding acl(AclOperation operation, AclPermissionType type) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "isthmus.bill.v1", PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, type));
    }
}
