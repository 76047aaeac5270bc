package isthmus.reconcile;

import org.springframework.dao.DataAccessResourceFailureException;

/** The store did not answer or refused a statement: there is no night without it. */
final class StoreFault extends DataAccessResourceFailureException {
    StoreFault(String what, Throwable cause) {
        super(what, cause);
    }
}
