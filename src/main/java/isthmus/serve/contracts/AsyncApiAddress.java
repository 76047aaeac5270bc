package isthmus.serve.contracts;

import io.swagger.v3.oas.annotations.Operation;
import isthmus.feed.AsyncApi;
import isthmus.serve.Served;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /feed/v1/asyncapi}: what the feed tells over Kafka, as an AsyncAPI 3.0 document. */
@Served
final class AsyncApiAddress {
    private final Leaf json = Leaf.of(AsyncApi.document().toPrettyString());
    private final Leaf yaml = Leaf.of(AsyncApi.yaml());

    @Operation(summary = "The feed over Kafka as an AsyncAPI 3.0 document.")
    @GetMapping(path = "/feed/v1/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> json() {
        return json.answer();
    }

    @Operation(summary = "The same in YAML.")
    @GetMapping(path = "/feed/v1/asyncapi.yaml", produces = MediaType.APPLICATION_YAML_VALUE)
    ResponseEntity<byte[]> yaml() {
        return yaml.answer();
    }
}
