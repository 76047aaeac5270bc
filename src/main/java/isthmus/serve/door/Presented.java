package isthmus.serve.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/** The token that a question carries, in a header and once; an address is written down in too many places to hold one. */
final class Presented implements BearerTokenResolver {
    private static final String KEY_HEADER = "X-Api-Key";
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*)");
    private static final Pattern IN_ADDRESS = Pattern.compile(
            "(?i)(^|&)(access_?token|id_?token|token|api_?key|x-api-key|authorization)=|(^|[=&])(isk_|eyJ[\\w-]*\\.)");

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && IN_ADDRESS.matcher(query).find()) {
            throw refused("a token never stands in an address, where logs keep it: have this one revoked");
        }
        List<String> all = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION))) {
            var bearer = BEARER.matcher(header);
            if (!bearer.matches()) {
                throw refused("Authorization must be Bearer and a token");
            }
            all.add(bearer.group(1));
        }
        for (String key : Collections.list(request.getHeaders(KEY_HEADER))) {
            if (!key.startsWith(KeyText.MARK)) {
                throw refused(KEY_HEADER + " takes an API key");
            }
            all.add(key);
        }
        if (all.size() > 1) {
            throw refused("more than one token");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(BearerTokenErrors.invalidToken(why));
    }
}
