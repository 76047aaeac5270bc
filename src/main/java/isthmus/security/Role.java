package isthmus.security;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody is for the hub, and the scopes that this gives. Who has a role is decided by the identity provider. */
public enum Role {
    VIEWER(Scope.OPS_READ, Scope.RECONCILE_READ),
    CONSUMER(Scope.FEED_READ, Scope.EXPORT),
    INTEGRATION_ENGINEER(Scope.OPS_READ, Scope.RECONCILE_READ, Scope.ROUTE_VALIDATE),
    OPERATOR(
            Scope.OPS_READ,
            Scope.RECONCILE_READ,
            Scope.IDENTITY_READ,
            Scope.ERASE_REQUEST,
            Scope.RUN_RECONCILE,
            Scope.RUN_IDENTITY,
            Scope.ROUTE_VALIDATE,
            Scope.ROUTE_DEPLOY),
    PRIVACY_OFFICER(
            Scope.OPS_READ,
            Scope.RECONCILE_READ,
            Scope.IDENTITY_READ,
            Scope.FEED_READ,
            Scope.PII_READ,
            Scope.ERASE_APPROVE,
            Scope.AUDIT_READ),
    AUDITOR(Scope.OPS_READ, Scope.RECONCILE_READ, Scope.AUDIT_READ);

    private final Set<Scope> scopes;

    Role(Scope first, Scope... more) {
        this.scopes = Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    /** For example {@code privacy-officer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether every entity is granted with it; of others a token says which. */
    public boolean isForEveryEntity() {
        return this == PRIVACY_OFFICER;
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
