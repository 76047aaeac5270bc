package isthmus.flow;

import java.util.Map;
import org.apache.camel.component.cxf.jaxws.DefaultCxfBinding;
import org.apache.cxf.message.Exchange;

/** Hands the answer's own bytes to the route, and none of its headers. */
final class WireBinding extends DefaultCxfBinding {
    @Override
    public void populateExchangeFromCxfResponse(
            org.apache.camel.Exchange camel, Exchange cxf, Map<String, Object> responseContext) {
        camel.getMessage().removeHeaders("*");
        camel.getMessage().setBody(cxf.get(WireBytes.KEY));
    }

    @Override
    public void populateCxfHeaderFromCamelExchangeBeforeCheckError(org.apache.camel.Exchange camel, Exchange cxf) {
        // An answer's headers are nobody's business.
    }
}
