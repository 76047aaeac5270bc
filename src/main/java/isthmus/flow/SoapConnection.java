package isthmus.flow;

import isthmus.catalog.LegacySystem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import org.apache.camel.CamelContext;
import org.apache.camel.component.cxf.common.DataFormat;
import org.apache.camel.component.cxf.jaxws.CxfConfigurer;
import org.apache.camel.component.cxf.jaxws.CxfEndpoint;
import org.apache.cxf.Bus;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.frontend.AbstractWSDLBasedEndpointFactory;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.WSS4JConstants;
import org.apache.wss4j.common.ext.WSPasswordCallback;

/** A client of a legacy SOAP service: shows a password digest, follows nobody elsewhere, waits and reads within limits. */
final class SoapConnection {
    private SoapConnection() {}

    static CxfEndpoint open(LegacySystem system, Bus bus, CamelContext context) {
        Map<String, String> connection = system.connection();
        String namespace = connection.getOrDefault("namespace", "");
        // The other client reads a body without any time-out (java.net.http has none for it).
        bus.setProperty("force.urlconnection.http.conduit", true);
        CxfEndpoint endpoint = new CxfEndpoint();
        endpoint.setCamelContext(context);
        endpoint.setBus(bus);
        endpoint.setDataFormat(DataFormat.PAYLOAD);
        endpoint.setAddress(connection.getOrDefault("url", ""));
        endpoint.setWsdlURL(system.folder()
                .resolve(connection.getOrDefault("wsdl", ""))
                .toUri()
                .toString());
        endpoint.setServiceNameAsQName(new QName(namespace, connection.get("service")));
        endpoint.setPortNameAsQName(new QName(namespace, connection.get("port")));
        endpoint.setSkipFaultLogging(true);
        endpoint.getOutInterceptors().add(usernameToken(connection));
        endpoint.getInInterceptors()
                .add(new WireBytes(
                        Integer.parseInt(connection.getOrDefault("maxBytes", "33554432")),
                        Duration.parse(connection.getOrDefault("totalTimeout", "PT1M"))));
        endpoint.setCxfBinding(new WireBinding());
        endpoint.setCxfConfigurer(new Limits(
                Duration.parse(connection.getOrDefault("connectTimeout", "PT5S")),
                Duration.parse(connection.getOrDefault("readTimeout", "PT30S")),
                connection.getOrDefault("certificate", "")));
        return endpoint;
    }

    private static WSS4JOutInterceptor usernameToken(Map<String, String> connection) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConfigurationConstants.ACTION, ConfigurationConstants.USERNAME_TOKEN);
        properties.put(ConfigurationConstants.USER, connection.getOrDefault("user", ""));
        properties.put(ConfigurationConstants.PASSWORD_TYPE, WSS4JConstants.PW_DIGEST);
        String password = connection.getOrDefault("password", "");
        CallbackHandler handler = callbacks -> {
            for (var callback : callbacks) {
                if (callback instanceof WSPasswordCallback asked) {
                    asked.setPassword(password);
                }
            }
        };
        properties.put(ConfigurationConstants.PW_CALLBACK_REF, handler);
        return new WSS4JOutInterceptor(properties);
    }

    /**
     * Time-outs of the client's connection, and who may be at its other end.
     *
     * @param pin the SHA-256 of the server's certificate; empty where somebody whom the JDK trusts vouches for its name
     */
    private record Limits(Duration connect, Duration read, String pin) implements CxfConfigurer {
        @Override
        public void configure(AbstractWSDLBasedEndpointFactory factory) {
            // Nothing to add.
        }

        @Override
        public void configureClient(Client client) {
            HTTPClientPolicy policy = new HTTPClientPolicy();
            policy.setConnectionTimeout(connect.toMillis());
            policy.setReceiveTimeout(read.toMillis());
            policy.setAutoRedirect(false);
            policy.setAllowChunking(false);
            HTTPConduit conduit = (HTTPConduit) client.getConduit();
            conduit.setClient(policy);
            if (!pin.isEmpty()) {
                TLSClientParameters tls = new TLSClientParameters();
                tls.setTrustManagers(new TrustManager[] {new PinnedCertificate(pin)});
                // The certificate is known byte for byte, whatever name it bears.
                tls.setDisableCNCheck(true);
                conduit.setTlsClientParameters(tls);
            }
        }

        @Override
        public void configureServer(Server server) {
            // There is none.
        }
    }
}
