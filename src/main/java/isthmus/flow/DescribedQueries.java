package isthmus.flow;

import isthmus.catalog.LegacySystem;
import isthmus.catalog.Pull;
import isthmus.contract.Contract;
import isthmus.contract.Contracts;
import isthmus.contract.QueryTerms;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Looks at the databases among the legacy systems; files and messages show themselves when they are read. */
record DescribedQueries(Function<String, DataSource> databases) implements Contracts.Present {

    @Override
    public Optional<Contract> of(LegacySystem system, Pull pull, Optional<Contract> agreed) throws SQLException {
        if (!system.transport().equals("jdbc")) {
            return Optional.empty();
        }
        try (Connection connection = databases.apply(system.name()).getConnection()) {
            return QueryTerms.read(connection, pull, agreed);
        }
    }
}
