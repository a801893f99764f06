/// What sending a call twice would do, which decides when it may be sent again.
public enum Idempotency: Sendable, Hashable {
    /// Nothing: the call only reads.
    case readOnly
    /// Nothing: AWS recognises the token that the call carries.
    case token
    /// Nothing: the second call asks for what is already so.
    case convergent
    /// Possibly a second effect: never sent again once a byte may have left, and always on a fresh connection.
    ///
    /// Why: libcurl re-sends a POST by itself when a reused connection dies without an answer.
    case once
}
