package isthmus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** What {@code isthmus demo} says once everything is up: where to look and what to try. */
final class Welcome {

    private Welcome() {}

    static String text(JsonNode card, Path data, String port) {
        JsonNode env = card.path("env");
        return """
                Isthmus is up: three islands, a store and a feed on this machine.

                  store    %1$s
                  kafka    %2$s            topics isthmus.<entity>.v1
                  health   http://127.0.0.1:%4$s/actuator/health
                  metrics  http://127.0.0.1:%4$s/actuator/prometheus

                The islands are polled every 30 s. In another terminal:

                  ./isthmus runs --data %3$s
                  ./isthmus quarantine ls --data %3$s
                  ./isthmus reconcile run --data %3$s

                Ctrl-C ends it.""".formatted(
                        env.path("ISTHMUS_STORE_URL").asText(),
                        env.path("ISTHMUS_KAFKA").asText(),
                        data,
                        port);
    }

    /** What one has to know of a demo that asks for tokens. */
    static String tokens(Path folder, String port) {
        return """
                DEMO SIGN-IN: whoever can read %1$s is anybody on this hub. Never for real data.

                  curl -H "Authorization: Bearer $(cat %1$s/consumer)" 'http://127.0.0.1:%2$s/feed/v1/bill?limit=1'
                """.formatted(folder, port);
    }
}
