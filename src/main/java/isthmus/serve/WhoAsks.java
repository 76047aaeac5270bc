package isthmus.serve;

import jakarta.servlet.http.HttpServletRequest;

/** By what name a question counts. */
@FunctionalInterface
public interface WhoAsks {
    /** The caller where the token was met before, else the address: who tries out tokens does so at its own expense. */
    String client(HttpServletRequest request);
}
