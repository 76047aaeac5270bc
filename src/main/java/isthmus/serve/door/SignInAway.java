package isthmus.serve.door;

import org.springframework.security.authentication.AuthenticationServiceException;

/** The identity provider cannot be asked for its keys: nobody is at fault who asks. */
final class SignInAway extends AuthenticationServiceException {
    SignInAway(Throwable cause) {
        super("the identity provider does not answer", cause);
    }
}
