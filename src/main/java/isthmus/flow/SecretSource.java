package isthmus.flow;

import isthmus.security.vault.References;
import isthmus.security.vault.Vault;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/** Lets {@code ${file:/…}} and {@code ${keystore:name}} stand in the hub's settings as they stand in a connection. */
final class SecretSource extends PropertySource<References> {
    private static final Logger LOG = LoggerFactory.getLogger(SecretSource.class);
    private static final String NAME = "secrets";

    private SecretSource(References references) {
        super(NAME, references);
    }

    /** From now on the environment knows secrets by their references. */
    static void addTo(ConfigurableEnvironment environment) {
        Path home = Path.of(environment.getProperty("isthmus.home", ""));
        var references = new References(Vault.of(home, environment::getProperty), LOG::warn);
        environment.getPropertySources().addLast(new SecretSource(references));
    }

    /** What a name in a connection stands for. */
    static Function<String, @Nullable String> in(Environment environment) {
        if (environment instanceof ConfigurableEnvironment configurable
                && configurable.getPropertySources().get(NAME) instanceof SecretSource secrets) {
            return secrets.getSource().beside(environment::getProperty);
        }
        return environment::getProperty;
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return References.isOne(name) ? getSource().value(name) : null;
    }
}
