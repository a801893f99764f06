/// One resource record.
public struct DNSRecord: Sendable, Equatable, Hashable {
    /// Owner name, without the final dot.
    public var name: String
    /// Type number of the wire.
    public var type: UInt16
    /// Seconds it may be cached.
    public var ttl: UInt32
    /// Data in presentation form.
    ///
    /// Addresses are canonical (RFC 5952), names without their final dot, texts in quotes as zone files and Route 53
    /// have them, types that this tool does not know as RFC 3597 has them (`\# 2 0a0b`).
    public var data: String

    /// Makes a record.
    public init(name: String, type: UInt16, ttl: UInt32, data: String) {
        self.name = name
        self.type = type
        self.ttl = ttl
        self.data = data
    }
}
