package isthmus.serve.door;

import isthmus.audit.Audit;
import isthmus.serve.Reads;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** The door of the data service: one chain for every address, which lets through what {@code Rights} says and nothing else. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class DoorBeans {
    private static final Logger LOG = LoggerFactory.getLogger(DoorBeans.class);

    /** Behind the Doorkeeper, before all that answers. */
    private static final int BEHIND_THE_DOORKEEPER = Ordered.HIGHEST_PRECEDENCE + 20;

    private static final String PAGE_WITH_A_POLICY_OF_ITS_OWN = "/api/v1/docs";
    private static final String BACK_FROM_THE_PROVIDER = "/webjars/swagger-ui/oauth2-redirect.html";
    private static final String ONE_SCRIPT_OF_OURS = "default-src 'none'; script-src 'self'; base-uri 'none'";
    private static final String NOTHING_IS_LOADED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    @Bean
    Mode mode(@Value("${isthmus.security.mode:local}") String word) {
        return Mode.of(word);
    }

    /** In mode local there is nobody who could have signed a token. */
    @Bean
    JwtDecoder tokens(
            Mode mode,
            Clock clock,
            @Value("${isthmus.security.issuer:}") String issuer,
            @Value("${isthmus.security.audience:isthmus}") String audience,
            @Value("${isthmus.security.jwks:}") String jwks,
            @Value("${isthmus.security.demo.key:}") String demoKey) {
        return switch (mode) {
            case OIDC -> Issuer.at(issuer, jwks, new TokenRules(issuer, audience, clock));
            case DEMO -> {
                LOG.warn("DEMO SIGN-IN: whoever can read {} is anybody on this hub; never for real data", demoKey);
                yield DemoKey.in(Path.of(demoKey)).decoder(new TokenRules(DemoKey.ISSUER, DemoKey.AUDIENCE, clock));
            }
            case LOCAL ->
                token -> {
                    throw new BadJwtException("nobody signs tokens for this hub");
                };
        };
    }

    @Bean
    Callers callers(
            JwtDecoder tokens,
            Reads reads,
            Clock clock,
            @Value("${isthmus.security.roles:realm_access.roles}") String roles) {
        return new Callers(tokens, new Claims(roles), new KeyRing(reads), clock);
    }

    /** Signs in, then asks the guard. Nothing is remembered between two questions, so there is no session and no forgery of one. */
    @Bean
    SecurityFilterChain door(
            Callers callers,
            Mode mode,
            FilterRegistrationBean<HeaderWriterFilter> securityHeaders,
            Audit audit,
            @Value("${isthmus.security.inclear:300}") int anHour) {
        Denials denials = new Denials();
        BearerTokenAuthenticationFilter signIn = new BearerTokenAuthenticationFilter(callers);
        signIn.setBearerTokenResolver(new Presented());
        signIn.setAuthenticationEntryPoint(denials);
        signIn.setAuthenticationFailureHandler(denials);
        Guard guard = new Guard(mode == Mode.LOCAL, new InClear(audit, anHour));
        // On a port of their own the actuators have no other filter; where headers are said already, they are not said
        // again.
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, securityHeaders.getFilter(), signIn, guard);
    }

    /** Named as Spring Boot looks for it, so that actuators on a port of their own stand behind the same door. */
    @Bean
    Filter springSecurityFilterChain(SecurityFilterChain door) {
        FilterChainProxy proxy = new FilterChainProxy(List.of(door));
        proxy.setFirewall(firewall());
        proxy.setRequestRejectedHandler((request, response, why) -> Denials.malformed(response));
        return proxy;
    }

    /** What an id may hold when it is percent-encoded; which methods there are, {@code Rights} says. */
    private static HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowBackSlash(true);
        return firewall;
    }

    @Bean
    FilterRegistrationBean<Filter> doorRegistration(Filter springSecurityFilterChain) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(springSecurityFilterChain);
        registration.setOrder(BEHIND_THE_DOORKEEPER);
        // An answer that is written later was let through when it was asked for.
        registration.setDispatcherTypes(EnumSet.of(
                DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ERROR));
        return registration;
    }

    /** Also for what is refused at the door. */
    @Bean
    FilterRegistrationBean<HeaderWriterFilter> securityHeaders() {
        HeaderWriter plain = (request, response) -> {
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Referrer-Policy", "no-referrer");
            response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
            String path = request.getRequestURI();
            if (path.equals(BACK_FROM_THE_PROVIDER)) {
                response.setHeader("Content-Security-Policy", ONE_SCRIPT_OF_OURS);
            } else if (!path.equals(PAGE_WITH_A_POLICY_OF_ITS_OWN)) {
                response.setHeader("Content-Security-Policy", NOTHING_IS_LOADED);
            }
        };
        HeaderWriterFilter filter = new HeaderWriterFilter(List.of(plain, new HstsHeaderWriter()));
        // Streams are written by a thread of their own, which must find them said.
        filter.setShouldWriteHeadersEagerly(true);
        FilterRegistrationBean<HeaderWriterFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
