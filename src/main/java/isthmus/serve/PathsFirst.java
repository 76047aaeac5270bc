package isthmus.serve;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Looks for a question's address by its path before anything else. Spring weighs what each address produces first, and of
 * some fifty addresses all but one or two are told apart by the path alone.
 */
@Component
@ConditionalOnWebApplication
final class PathsFirst implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new RequestMappingHandlerMapping() {
            @Override
            protected @Nullable RequestMappingInfo getMatchingMapping(
                    RequestMappingInfo address, HttpServletRequest request) {
                var paths = address.getPathPatternsCondition();
                var asked =
                        ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
                return paths == null || paths.getPatterns().stream().anyMatch(path -> path.matches(asked))
                        ? super.getMatchingMapping(address, request)
                        : null;
            }
        };
    }
}
