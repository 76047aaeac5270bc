package isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ReloadCommandTest {

    @Test
    void whereNoHubAnswersItSaysSo() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }

        assertThat(Main.run("reload", "billing", "--port", Integer.toString(nobody)))
                .isEqualTo(Exit.CANNOT_REACH);
    }
}
