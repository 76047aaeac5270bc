package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F22: a broker that refuses a message, and a topic that somebody has deleted. */
@Tag("chaos")
class FeedTroubleTest {

    @Test
    void aMessageThatTheBrokerRefusesIsNeverPassedOver() throws Exception {
        Random random = Seeds.of("F22");
        try (Stage stage = Stage.open(random.nextInt(1000), 200, 2);
                Admin admin = admin(stage)) {
            HubProcess hub = stage.hub();
            stage.awaitWholeSince(0);

            limit(admin, "300");
            stage.tide();
            JsonNode trouble = hub.awaitTrouble("relay", "RecordTooLarge");
            System.out.println("F22: too large: health says " + trouble);
            long stands = stage.number("select max(position) from feed_position");
            assertThat(stage.number("select max(position) from chunk_log")).isGreaterThan(stands);

            limit(admin, "1048576");
            stage.awaitWhole();
            hub.awaitStatus("UP");
            stage.check("a message was too large", hub);

            // when a topic is gone, then it is made again; what lay in it is told again once the position is set back
            admin.deleteTopics(List.of("isthmus.bill.v1")).all().get();
            assertThat(hub.end()).isEqualTo(HubProcess.TERMINATED);
            stage.execute("update feed_position set position = 0");
            HubProcess second = stage.hub();
            stage.awaitWhole();
            second.awaitStatus("UP");
            stage.check("a topic was deleted and the position set back", second);
            Seeds.tell("F22", 2, "message too large, topic deleted");
        }
    }

    private static Admin admin(Stage stage) throws Exception {
        return Admin.create(
                Map.of("bootstrap.servers", stage.ground().environment().get("ISTHMUS_KAFKA")));
    }

    private static void limit(Admin admin, String bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, "isthmus.bill.v1");
        var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
    }
}
