package isthmus.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import isthmus.model.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** A problem as bytes, for who answers before any address is reached. */
public final class ProblemText {
    private static final String KIND = "https://isthmus.example/errors/";

    private ProblemText() {}

    /** Where a reason is explained. */
    static String type(Reason reason) {
        return KIND + reason.code();
    }

    public static void write(
            HttpServletResponse response, HttpStatusCode status, Reason reason, @Nullable String detail)
            throws IOException {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", type(reason)).put("title", reason.cause()).put("status", status.value());
        if (detail != null) {
            problem.put("detail", detail);
        }
        problem.put("code", reason.code()).put("remedy", reason.remedy());
        byte[] bytes = problem.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }
}
