package isthmus.serve;

import isthmus.model.Reason;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatusCode;

/** What the server itself refuses, a broken request line for example, is told like everything else, and nothing of it said again. */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable fault) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            // Its facade, which the addresses have, takes nothing any more.
            ProblemText.write(response, HttpStatusCode.valueOf(status), reason(status), null);
        } catch (IOException | IllegalStateException gone) {
            // Who asked has hung up, or has read the beginning of an answer; nobody is left to be told.
        }
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401 -> Reason.API_NOBODY;
            case 403 -> Reason.API_RIGHT;
            case 404 -> Reason.API_UNKNOWN;
            case 405, 501 -> Reason.API_METHOD;
            case 406 -> Reason.API_ACCEPT;
            case 429 -> Reason.API_RATE;
            case 503 -> Reason.API_BUSY;
            default -> status < 500 ? Reason.API_PARAMETER : Reason.API_FAULT;
        };
    }
}
