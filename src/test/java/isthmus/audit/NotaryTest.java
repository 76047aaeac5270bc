package isthmus.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.audit.Audit.Deed;
import isthmus.audit.proof.Evidence;
import isthmus.audit.proof.Finding;
import isthmus.audit.proof.Finding.Kind;
import isthmus.audit.proof.Head;
import isthmus.audit.proof.Inspection;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads signed over a real store, and what they find that the store alone cannot. */
class NotaryTest {
    private final Store store = Store.fresh();
    private final Audit audit = new Audit(store.source, store.clock);
    private final AuditTrail trail = new AuditTrail(store.source);

    @TempDir
    Path folder;

    private Path keyFile;
    private Path place;
    private Notary notary;

    @BeforeEach
    void appoint() {
        keyFile = folder.resolve("data/key.pem");
        place = folder.resolve("heads");
        notary = appointed(true);
    }

    private Notary appointed(boolean turn) {
        return new Notary(store.source, SigningKey.at(keyFile), place, Duration.ofHours(1), () -> turn, store.clock);
    }

    @Test
    void aHeadVouchesForAllThatWasWrittenBeforeIt() throws Exception {
        write(300);
        Head head = notary.sign().orElseThrow();
        write(20);

        Inspection.Report report = inspect();

        assertThat(head).extracting(Head::size, Head::isGenuine).containsExactly(300L, true);
        assertThat(Files.readAllLines(place.resolve(Evidence.HEADS))).containsExactly(head.line());
        assertThat(place.resolve(Evidence.pem(head.key()))).content().startsWith("-----BEGIN PUBLIC KEY-----");
        assertThat(report)
                .extracting(Inspection.Report::isSound, Inspection.Report::entries, Inspection.Report::vouched)
                .containsExactly(true, 320L, 300L);
    }

    @Test
    void itSignsWhenItBeginsAndWhenItEnds() throws IOException {
        write(1);
        notary.start();
        Awaitility.await().until(() -> trail.head().isPresent());
        write(1);
        notary.close();

        assertThat(laid()).extracting(Head::size).containsExactly(1L, 2L);
    }

    @Test
    void whoseTurnItIsNotSignsNothing() {
        write(1);
        Notary other = appointed(false);
        other.start();
        other.close();

        assertThat(trail.head()).isEmpty();
        assertThat(place).doesNotExist();
    }

    @Test
    void theKeyStaysTheSameAndOnlyItsOwnerReadsIt() throws IOException {
        String name = SigningKey.at(keyFile).name();

        assertThat(SigningKey.at(keyFile).name()).isEqualTo(name);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("r--------");
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("r--r-----"));
        assertThatThrownBy(() -> SigningKey.at(keyFile)).hasMessageContaining("chmod 0400");
        assertThat(keyFile.getParent()).isDirectoryNotContaining(file -> !file.equals(keyFile));
    }

    @Test
    void aFileThatHoldsNoKeyIsRefused() throws IOException {
        Path empty = Files.createFile(
                folder.resolve("empty"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Path nowhere = empty.resolve("key");

        assertThatThrownBy(() -> SigningKey.at(empty)).hasMessageContaining("holds no PUBLIC KEY");
        assertThatThrownBy(() -> SigningKey.at(nowhere)).hasMessageContaining("cannot have a key in");
    }

    @Test
    void whatCouldNotBeLaidIsLaidWithTheNext() throws Exception {
        write(1);
        notary.sign();
        Path away = folder.resolve("away");
        Files.move(place, away);
        Files.createFile(place);
        write(1);
        assertThatThrownBy(() -> notary.sign()).isInstanceOf(IOException.class);
        Files.delete(place);
        Files.move(away, place);
        write(1);

        notary.sign();

        assertThat(laid()).extracting(Head::size).containsExactly(1L, 2L, 3L);
        assertThat(inspect().isSound()).isTrue();
    }

    @Test
    void halfALineThatACrashHasLeftIsTakenAway() throws Exception {
        write(1);
        String line = notary.sign().orElseThrow().line();
        Files.writeString(place.resolve(Evidence.HEADS), line.substring(0, 70), StandardOpenOption.APPEND);
        write(1);

        notary.sign();

        assertThat(laid()).extracting(Head::size).containsExactly(1L, 2L);
    }

    @Test
    void itDoesNotSignWhatDoesNotContinueWhatItSigned() throws Exception {
        write(300);
        notary.sign();
        forced("delete from audit where id > 200");
        forced("truncate audit_node");
        forced("update audit_tree set size = 200, peaks = substr(peaks, 1, 96)");
        write(150);

        assertThat(notary.sign()).isEqualTo(Optional.empty());
        assertThat(first(inspect())).isEqualTo("REWRITTEN 1");
    }

    @Test
    void aStoreThatWasRewrittenWholeAndSignedAgainIsFoundByTheSecondPlaceAlone() throws Exception {
        write(300);
        notary.sign();
        Path second = folder.resolve("second");
        Files.move(place, second);

        forced("truncate audit, audit_node, audit_head");
        forced("update audit_tree set size = 0, peaks = '', at = null");
        write(310);
        Head forged = notary.sign().orElseThrow();

        assertThat(forged.isGenuine()).isTrue();
        assertThat(inspect().findings()).isEmpty();
        place = second;
        assertThat(first(inspect())).isEqualTo("REWRITTEN 1");
        assertThat(inspect().findings().get(0).text()).startsWith("entries 1 to 300 are not those");
    }

    @Test
    void aStoreFromBeforeIsFoundByTheSecondPlace() throws Exception {
        write(10);
        notary.sign();
        forced("create table backup as select * from audit_tree");
        write(10);
        notary.sign();
        forced("delete from audit where id > 10");
        forced("delete from audit_head where size > 10");
        forced("update audit_tree set (size, peaks, at) = (select size, peaks, at from backup)");

        assertThat(first(inspect())).isEqualTo("CUT 11");
    }

    @Test
    void aForeignKeyIsNotBelieved() throws Exception {
        write(10);
        notary.sign();
        keyFile = folder.resolve("foreign.pem");
        Path own = place;
        place = folder.resolve("elsewhere");
        appointed(true).sign();
        place = own;

        assertThat(first(inspect())).isEqualTo("FORGED 0");
    }

    private static String first(Inspection.Report report) {
        Finding finding = report.findings().get(0);
        assertThat(finding.kind()).isIn((Object[]) Kind.values());
        return finding.kind() + " " + finding.number();
    }

    private List<Head> laid() throws IOException {
        return Files.readAllLines(place.resolve(Evidence.HEADS)).stream()
                .map(Head::read)
                .toList();
    }

    private Inspection.Report inspect() throws IOException {
        return trail.inspect(Evidence.of(List.of(place)));
    }

    private void write(int entries) {
        audit.write(java.util.Collections.nCopies(entries, new Deed("w", "test", "x", "y")));
    }

    private void forced(String change) throws SQLException {
        try (Connection connection = store.source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(change);
            statement.execute("set session_replication_role = origin");
        }
    }
}
