/// Why a text is not JSON.
public struct ValueSyntaxError: Error, Sendable, Equatable {
    /// Byte at which reading stopped, from 0.
    public var offset: Int
    /// What was wrong there.
    public var message: String
}

extension Value {
    /// Reads JSON text (RFC 8259) in UTF-8.
    ///
    /// Throws: `ValueSyntaxError`; nesting deeper than 128 is refused.
    public init(parsing bytes: some Sequence<UInt8>) throws(ValueSyntaxError) {
        // Why a result: what lends its bytes for a while does not pass typed errors on.
        let parse = { (bytes: UnsafeBufferPointer<UInt8>) -> Result<Value, ValueSyntaxError> in
            var reader = ValueReader(bytes)
            do throws(ValueSyntaxError) { return .success(try reader.document()) } catch { return .failure(error) }
        }
        let result = bytes.withContiguousStorageIfAvailable(parse) ?? Array(bytes).withUnsafeBufferPointer(parse)
        self = try result.get()
    }

    /// Reads JSON text.
    ///
    /// Throws: `ValueSyntaxError`.
    public init(parsing text: String) throws(ValueSyntaxError) {
        try self.init(parsing: text.utf8)
    }
}
