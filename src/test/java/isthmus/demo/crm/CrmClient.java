package isthmus.demo.crm;

import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ext.WSPasswordCallback;

/** A caller made from the WSDL, with the security of CXF, as the hub's is. */
record CrmClient(Dispatch<Source> dispatch) {
    static CrmClient of(CrmServer server, String password) throws Exception {
        var service = Service.create(
                URI.create(server.url() + "?wsdl").toURL(), new QName(CustomerService.NAMESPACE, "CustomerService"));
        Dispatch<Source> dispatch = service.createDispatch(
                new QName(CustomerService.NAMESPACE, "CustomerServicePort"), Source.class, Service.Mode.PAYLOAD);
        CallbackHandler secret = callbacks -> {
            for (var callback : callbacks) {
                ((WSPasswordCallback) callback).setPassword(password);
            }
        };
        ((DispatchImpl<Source>) dispatch)
                .getClient()
                .getOutInterceptors()
                .add(new WSS4JOutInterceptor(Map.of(
                        "action",
                        "UsernameToken",
                        "user",
                        server.user(),
                        "passwordType",
                        "PasswordDigest",
                        "passwordCallbackRef",
                        secret)));
        return new CrmClient(dispatch);
    }

    /** The answer's payload as text. */
    String ask(String operation, String since, int pageSize, String pageToken) throws Exception {
        String token = pageToken.isEmpty() ? "" : "<pageToken>" + pageToken + "</pageToken>";
        String payload = "<%1$s xmlns=\"%2$s\"><since>%3$s</since><pageSize>%4$d</pageSize>%5$s</%1$s>"
                .formatted(operation, CustomerService.NAMESPACE, since, pageSize, token);
        Source answer = dispatch.invoke(new StreamSource(new StringReader(payload)));
        var text = new StringWriter();
        var writer = TransformerFactory.newDefaultInstance().newTransformer();
        writer.setOutputProperty("encoding", "UTF-16");
        writer.transform(answer, new StreamResult(text));
        return text.toString();
    }
}
