package isthmus.serve;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses, for every address, the parameters that its own description does not name. */
@Component
@ConditionalOnWebApplication
final class Declared implements HandlerInterceptor, WebMvcConfigurer {
    private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.getBeanType().isAnnotationPresent(Served.class)) {
            Asked.refuseOthers(
                    request.getParameterMap(), known.computeIfAbsent(method.getMethod(), one -> names(method)));
        }
        return true;
    }

    private static List<String> names(HandlerMethod method) {
        Operation operation = method.getMethodAnnotation(Operation.class);
        Stream<String> described = operation == null
                ? Stream.of()
                : Arrays.stream(operation.parameters())
                        .filter(parameter -> parameter.in() == ParameterIn.QUERY)
                        .map(parameter -> parameter.name());
        var discoverer = new DefaultParameterNameDiscoverer();
        Stream<String> bound = Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter -> name(parameter, discoverer));
        return Stream.concat(described, bound).toList();
    }

    private static String name(MethodParameter parameter, DefaultParameterNameDiscoverer discoverer) {
        parameter.initParameterNameDiscovery(discoverer);
        return String.valueOf(parameter.getParameterName());
    }
}
