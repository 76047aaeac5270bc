package isthmus.serve.door;

import isthmus.model.Reason;
import isthmus.security.Caller;
import isthmus.security.Scope;
import isthmus.serve.ProblemText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** How who is not let in hears why: problem+json, and the challenge of RFC 6750. */
final class Denials implements AuthenticationEntryPoint, AuthenticationFailureHandler {
    private static final String CHALLENGE = "Bearer realm=\"isthmus\"";
    private static final String AGAIN_IN_SECONDS = "5";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof SignInAway) {
            response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN_IN_SECONDS);
            write(response, HttpStatus.SERVICE_UNAVAILABLE, Reason.API_SIGN_IN_AWAY, null);
            return;
        }
        String detail = why instanceof OAuth2AuthenticationException told
                ? told.getError().getDescription()
                : "it cannot be looked at";
        challenge(response, ", error=\"invalid_token\", error_description=\"" + detail + "\"");
        write(response, HttpStatus.UNAUTHORIZED, Reason.API_TOKEN, detail);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        commence(request, response, why);
    }

    static void nobody(HttpServletResponse response) throws IOException {
        challenge(response, "");
        write(response, HttpStatus.UNAUTHORIZED, Reason.API_NOBODY, null);
    }

    static void lacking(HttpServletResponse response, Caller.Lack lack) throws IOException {
        Scope scope = lack.scope();
        if (scope == null) {
            write(response, HttpStatus.FORBIDDEN, Reason.API_RIGHT, "not granted: an entity that the answer holds");
            return;
        }
        challenge(response, ", error=\"insufficient_scope\", scope=\"" + scope.word() + "\"");
        write(response, HttpStatus.FORBIDDEN, Reason.API_RIGHT, "not granted: " + scope.word());
    }

    static void partner(HttpServletResponse response) throws IOException {
        write(
                response,
                HttpStatus.FORBIDDEN,
                Reason.API_RIGHT,
                "a partner asks for the lists, records, exports and feeds that were granted to it, and nothing else");
    }

    static void elsewhere(HttpServletResponse response, String detail) throws IOException {
        write(response, HttpStatus.FORBIDDEN, Reason.API_ELSEWHERE, detail);
    }

    static void unknown(HttpServletResponse response) throws IOException {
        write(response, HttpStatus.NOT_FOUND, Reason.API_UNKNOWN, "no such address");
    }

    static void method(HttpServletResponse response, String allowed) throws IOException {
        response.setHeader(HttpHeaders.ALLOW, allowed);
        write(response, HttpStatus.METHOD_NOT_ALLOWED, Reason.API_METHOD, null);
    }

    static void malformed(HttpServletResponse response) throws IOException {
        write(response, HttpStatus.BAD_REQUEST, Reason.API_PARAMETER, "not of its form");
    }

    static void header(HttpServletResponse response, String header, String form) throws IOException {
        write(response, HttpStatus.BAD_REQUEST, Reason.API_PARAMETER, "persons in clear want " + header + ", " + form);
    }

    static void tooOften(HttpServletResponse response, long seconds, String detail) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        write(response, HttpStatus.TOO_MANY_REQUESTS, Reason.API_RATE, detail);
    }

    static void storeAway(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN_IN_SECONDS);
        write(response, HttpStatus.SERVICE_UNAVAILABLE, Reason.STORE_AWAY, "the audit cannot be written");
    }

    private static void challenge(HttpServletResponse response, String more) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + more);
    }

    private static void write(HttpServletResponse response, HttpStatus status, Reason reason, @Nullable String detail)
            throws IOException {
        response.setStatus(status.value());
        ProblemText.write(response, status, reason, detail);
    }
}
