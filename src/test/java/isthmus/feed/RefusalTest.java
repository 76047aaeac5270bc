package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.model.Reason;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker that is there refuses: named with topic and position, never dropped, and told once it is allowed. */
class RefusalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String AUTHORIZED = """
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            allow.everyone.if.no.acl.found=true
            """;

    private static Broker broker;
    private static Admin admin;

    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);
    private Relay relay;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new Broker(AUTHORIZED);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    @AfterAll
    static void stopBroker() throws Exception {
        admin.close(Duration.ZERO);
        broker.close();
    }

    @BeforeEach
    void newRelay() {
        relay = new Relay(log, broker.bootstrap(), store.clock);
    }

    @AfterEach
    void stopRelay() throws InterruptedException {
        relay.stop();
    }

    @Test
    void anEventThatIsTooLargeStandsInTheWayByNameUntilItMayPass() throws Exception {
        tell("large", 1);
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();
        limit("100");
        tell("large", 2, 3);

        refused("isthmus.bill.v1, position 2: RecordTooLargeException");

        assertThat(new RelayHealth(relay, new Backlog(log, 100)).health().getDetails())
                .containsEntry("reason", "FEED-REFUSED")
                .extractingByKey("cause")
                .asString()
                .contains("isthmus.bill.v1");
        assertThat(relay.position()).isEqualTo(1);

        limit("1000000");
        assertThat(relay.drain(PATIENCE)).isTrue();
        assertThat(relay.trouble()).isEmpty();
        assertThat(heard("large")).containsExactlyElementsOf(sequences(1, 3));
    }

    @Test
    void aTopicThatMayNotBeWrittenIsNamedAndToldOnceItMay() throws Exception {
        tell("denied", 1);
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();
        // Where one rule stands, what no rule allows is denied: that the topic is there can still be seen.
        AclBinding seen = rule(AclOperation.DESCRIBE, AclPermissionType.ALLOW);
        AclBinding denied = rule(AclOperation.WRITE, AclPermissionType.DENY);
        admin.createAcls(List.of(seen, denied)).all().get(30, TimeUnit.SECONDS);
        tell("denied", 2);

        refused("isthmus.bill.v1, position 2: TopicAuthorizationException");

        admin.deleteAcls(List.of(seen.toFilter(), denied.toFilter())).all().get(30, TimeUnit.SECONDS);
        assertThat(relay.drain(PATIENCE)).isTrue();
        assertThat(heard("denied")).containsExactlyElementsOf(sequences(1, 2));
    }

    @Test
    void aTopicThatSomebodyDeletedIsLaidAgainAndTheFeedGoesOn() throws Exception {
        tell("deleted", 1);
        relay.start();
        assertThat(relay.drain(PATIENCE)).isTrue();
        admin.deleteTopics(List.of(Topics.of("bill"))).all().get(30, TimeUnit.SECONDS);
        tell("deleted", 2, 3);

        assertThat(relay.drain(PATIENCE)).isTrue();

        assertThat(heard("deleted")).containsExactlyElementsOf(sequences(2, 3));
    }

    private static AclBinding rule(AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, Topics.of("bill"), PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }

    private void refused(String cause) {
        await().atMost(PATIENCE)
                .until(() -> relay.trouble()
                        .filter(trouble -> trouble.reason() == Reason.FEED_REFUSED)
                        .filter(trouble -> trouble.cause().contains(cause))
                        .isPresent());
    }

    private static void limit(String bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.of("bill"));
        var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get(30, TimeUnit.SECONDS);
    }

    private void tell(String key, int... versions) {
        IntStream.of(versions)
                .forEach(n -> store.chunks.commit(Cargo.chunk(1, Cargo.bill("refusal/" + key, n, n + ".00"))));
    }

    private static Iterable<String> sequences(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Cargo::sequence).toList();
    }

    private static Iterable<String> heard(String key) {
        return Heard.sequences(broker.bootstrap(), "bill", Cargo.urn("bill", "refusal/" + key));
    }
}
