package isthmus.serve.contracts;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.serve.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /api/v1/docs}: the addresses as a page for people. */
@Served
final class DocsAddress {
    private static final String FOLDER = "isthmus/serve/";
    private static final String ONLY_US = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
            + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final String policy;
    private final Leaf page = read("docs.html");
    private final Leaf script = read("docs.js");

    /** The page asks nobody but this hub, and the identity provider where people sign in there. */
    DocsAddress(SignIn signIn) {
        this.policy = ONLY_US
                + signIn.origin()
                        .map(origin -> "; connect-src 'self' " + origin)
                        .orElse("");
    }

    @Operation(summary = "This page.")
    @GetMapping(path = "/api/v1/docs", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page() {
        return page.answer("Content-Security-Policy", policy);
    }

    @Operation(summary = "What draws this page.")
    @GetMapping(path = "/api/v1/docs/page.js", produces = "text/javascript")
    ResponseEntity<byte[]> script() {
        return script.answer();
    }

    private static Leaf read(String name) {
        try {
            return Leaf.of(new ClassPathResource(FOLDER + name).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException fault) {
            throw new IllegalStateException(name + " is part of the jar", fault);
        }
    }
}
