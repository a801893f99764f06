extension ACM {
    /// Which certificates are listed.
    public struct Filters: Encodable, Sendable, Equatable {
        /// Key types, such as `RSA_2048`, `EC_prime256v1`.
        public var keyTypes: [String]?

        /// Makes the value.
        public init(keyTypes: [String]? = nil) {
            self.keyTypes = keyTypes
        }
    }
}
