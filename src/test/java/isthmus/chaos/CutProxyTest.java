package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutProxyTest {
    private ServerSocket echo;
    private CutProxy proxy;

    @BeforeEach
    void setUp() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CutLink.thread("echo", this::answer);
        proxy = new CutProxy(echo.getLocalPort());
    }

    @AfterEach
    void tearDown() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBytesBothWaysAndCountsThem() throws IOException {
        try (Socket client = client()) {
            say(client, "hello");

            assertThat(hear(client, 5)).isEqualTo("hello");
            assertThat(proxy.open()).isEqualTo(1);
        }
        Awaitility.await().untilAsserted(() -> assertThat(proxy.accepted).hasValue(1));
        Awaitility.await().untilAsserted(() -> assertThat(proxy.up).hasValue(5));
        Awaitility.await().untilAsserted(() -> assertThat(proxy.down).hasValue(5));
        Awaitility.await().until(() -> proxy.open() == 0);
    }

    @Test
    void resetsOrEndsALinkAfterSoManyBytesAndLeavesTheNextAlone() throws IOException {
        proxy.cutAfter(Way.DOWN, 3, End.FIN, 1);
        try (Socket client = client()) {
            say(client, "hello");
            assertThat(hear(client, 5)).isEqualTo("hel");
        }
        proxy.cutAfter(Way.UP, 3, End.RST, 1);
        try (Socket client = client()) {
            say(client, "hello");
            assertThatThrownBy(() -> hear(client, 5)).isInstanceOf(SocketException.class);
        }
        try (Socket client = client()) {
            say(client, "hello");
            assertThat(hear(client, 5)).isEqualTo("hello");
        }
        Awaitility.await().untilAsserted(() -> assertThat(proxy.cuts).hasValue(2));
    }

    @Test
    void swallowsALinkForEverAndAFreshOneNotAnyMore() throws IOException {
        try (Socket client = client();
                Socket later = client()) {
            proxy.swallow();
            say(client, "hello");
            client.setSoTimeout(200);
            assertThatThrownBy(() -> hear(client, 5)).isInstanceOf(SocketTimeoutException.class);

            proxy.pass();
            say(client, "hello");
            say(later, "hello");

            assertThatThrownBy(() -> hear(client, 5)).isInstanceOf(SocketTimeoutException.class);
            assertThat(hear(later, 5)).isEqualTo("hello");
        }
    }

    @Test
    void letsTheServerHearTheWordsAndTheClientNoAnswer() throws IOException {
        proxy.loseTheAnswerTo("COMMIT");
        try (Socket client = client()) {
            say(client, "a COM");
            assertThat(hear(client, 5)).isEqualTo("a COM");
            say(client, "MIT");
            assertThatThrownBy(() -> hear(client, 3)).isInstanceOf(SocketException.class);
        }
        Awaitility.await().untilAsserted(() -> assertThat(proxy.up).hasValue(8));
        Awaitility.await().untilAsserted(() -> assertThat(proxy.cuts).hasValue(1));
    }

    @Test
    void refusesCutsAndComesBackOnTheSamePort() throws IOException {
        try (Socket client = client()) {
            say(client, "hello");
            hear(client, 5);
            proxy.refuse();
            proxy.cutAllNow(End.RST);
            assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
            // The kernel takes a connection more while the accepting thread is still on its way out.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThatThrownBy(this::client).isInstanceOf(ConnectException.class));
        }
        proxy.slow(Duration.ofMillis(1), 100_000);
        try (Socket client = client()) {
            say(client, "hello");
            assertThat(hear(client, 5)).isEqualTo("hello");
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static void say(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket from, int bytes) throws IOException {
        return new String(from.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private void answer() {
        while (!echo.isClosed()) {
            try {
                Socket guest = echo.accept();
                CutLink.thread("echo guest", () -> answer(guest));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket guest) {
        try (guest) {
            guest.getInputStream().transferTo(guest.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }
}
