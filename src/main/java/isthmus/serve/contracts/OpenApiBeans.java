package isthmus.serve.contracts;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import isthmus.security.Rights;
import isthmus.security.Rights.Right;
import isthmus.serve.Sight;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.web.method.HandlerMethod;

/** The OpenAPI 3.1 document at {@code /api/v1/openapi}: springdoc reads the addresses, and here stands what holds for all. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@PropertySource("classpath:isthmus/serve/openapi.properties")
class OpenApiBeans {
    private static final String PROBLEM = "problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Isthmus data service")
                        .version("1")
                        .description("""
                                The unified records of a utility, as downstream systems ask for them. Ids are URNs and stand \
                                percent-encoded in one segment of a path. Money and energy are strings of decimals, times are \
                                RFC 3339 with their offset. What cannot be answered is told as problem+json (RFC 9457) whose \
                                `code` is a reason of docs/errors.md. The feed over Kafka is described at \
                                `/feed/v1/asyncapi.json`, every record at `/schema/v1`.""")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("this hub")));
    }

    @Bean
    GlobalOpenApiCustomizer problemsOnceForAll() {
        return document -> document.getComponents()
                .addSchemas(PROBLEM, problem())
                .addResponses(
                        PROBLEM,
                        new ApiResponse()
                                .description(
                                        "It cannot be answered as it was asked: `code` says why, `field` what it is"
                                                + " about, `remedy` what to do.")
                                .content(new Content()
                                        .addMediaType(
                                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                                new MediaType()
                                                        .schema(new JsonSchema()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
    }

    /** A token or an API key can be pasted into the page; where the provider knows a client, people sign in there. */
    @Bean
    GlobalOpenApiCustomizer whoAsks(SignIn signIn) {
        return document -> {
            document.getComponents()
                    .addSecuritySchemes(
                            "token",
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .description(
                                            "A token of the identity provider, or an API key; none in mode local."));
            document.addSecurityItem(new SecurityRequirement().addList("token"));
            signIn.client().ifPresent(client -> {
                document.getComponents()
                        .addSecuritySchemes(
                                "signIn",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.OPENIDCONNECT)
                                        .openIdConnectUrl(signIn.discovery())
                                        .description("Sign in at the identity provider."));
                document.addSecurityItem(new SecurityRequirement().addList("signIn"));
                document.addExtension("x-isthmus-client", client);
            });
        };
    }

    /** Where persons may be named, who may see them in clear says so in two headers. */
    @Bean
    GlobalOpenApiCustomizer personsInClear() {
        return document -> Rights.ALL.stream()
                .filter(right -> right.clear() != null)
                .map(right -> asked(document, right))
                .filter(Objects::nonNull)
                .forEach(asked -> asked.addParametersItem(header(
                                Sight.PURPOSE,
                                "Why persons are wanted in clear, as a word; without it they are masked. docs/security.md",
                                "complaint"))
                        .addParametersItem(
                                header(Sight.TICKET, "The number under which they are asked for.", "CS-20417")));
    }

    private static @Nullable Operation asked(OpenAPI document, Right right) {
        PathItem path = document.getPaths().get(right.path());
        return path == null ? null : right.method().equals("GET") ? path.getGet() : path.getPost();
    }

    private static Parameter header(String name, String description, String example) {
        return new HeaderParameter()
                .name(name)
                .description(description)
                .schema(is("string"))
                .example(example);
    }

    @Bean
    GlobalOperationCustomizer addressesInFull() {
        return OpenApiBeans::complete;
    }

    private static Operation complete(Operation operation, HandlerMethod handler) {
        String name = handler.getBeanType().getSimpleName().replaceFirst("Address$", "");
        operation.setTags(List.of(name.toLowerCase(Locale.ROOT)));
        operation.setOperationId(name + '.' + handler.getMethod().getName());
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(Words::explain);
        }
        operation.getResponses().values().stream()
                .filter(response -> response.getContent() != null)
                .flatMap(response -> response.getContent().values().stream())
                .filter(form -> isBytes(form.getSchema()))
                .forEach(form -> form.setSchema(null));
        operation.getResponses().addApiResponse("default", new ApiResponse().$ref("#/components/responses/" + PROBLEM));
        return operation;
    }

    /** An address that writes its answer itself: its bytes are of the form that it says, and no base64. */
    private static boolean isBytes(@Nullable Schema<?> schema) {
        return schema != null && ("byte".equals(schema.getFormat()) || "binary".equals(schema.getFormat()));
    }

    private static Schema<?> problem() {
        Schema<?> problem = is("object");
        problem.addProperty("type", is("string").format("uri"));
        problem.addProperty("title", is("string"));
        problem.addProperty("status", is("integer"));
        problem.addProperty("detail", is("string"));
        problem.addProperty("instance", is("string").format("uri"));
        problem.addProperty("code", is("string").pattern("^[A-Z]+(-[A-Z0-9]+)*$"));
        problem.addProperty("remedy", is("string"));
        problem.addProperty("field", is("string"));
        return problem.required(List.of("type", "title", "status", "code", "remedy"));
    }

    private static Schema<?> is(String type) {
        Schema<?> schema = new JsonSchema();
        schema.addType(type);
        return schema;
    }
}
