/// A type that journals hold in great numbers, read straight from its canonical JSON.
///
/// Rule: takes exactly what the type's own `encode(to:)` writes, and finds anything else unfit, also what a newer tool
/// adds. Why: `Codable` stays the one truth of what a text means; this only gets there sooner.
protocol CanonicalReadable: Decodable {
    /// Reads the value that begins here.
    init(reading reader: inout ValueReader) throws(Unfit)
}

/// A text is not what was looked for; it may still be decoded the long way.
struct Unfit: Error {}

extension ValueDecoder {
    /// Decodes a `type` from JSON text.
    ///
    /// Throws: `ValueSyntaxError`, and `DecodingError` with the path of what does not fit.
    public static func decode<T: Decodable>(_ type: T.Type, parsing bytes: UnsafeBufferPointer<UInt8>) throws -> T {
        try decode(type, from: Value(parsing: bytes))
    }

    /// Decodes an event from JSON text.
    ///
    /// Throws: `ValueSyntaxError`, and `DecodingError` with the path of what does not fit.
    public static func decode(_ type: RunEvent.Type, parsing bytes: UnsafeBufferPointer<UInt8>) throws -> RunEvent {
        try canonical(type, bytes) ?? decode(type, from: Value(parsing: bytes))
    }

    /// Decodes a plan from JSON text.
    ///
    /// Throws: `ValueSyntaxError`, and `DecodingError` with the path of what does not fit.
    public static func decode(_ type: Plan.Type, parsing bytes: UnsafeBufferPointer<UInt8>) throws -> Plan {
        try canonical(type, bytes) ?? decode(type, from: Value(parsing: bytes))
    }

    /// Decodes the end of a session from JSON text.
    ///
    /// Throws: `ValueSyntaxError`, and `DecodingError` with the path of what does not fit.
    public static func decode(_ type: SessionEnd.Type, parsing bytes: UnsafeBufferPointer<UInt8>) throws -> SessionEnd {
        try canonical(type, bytes) ?? decode(type, from: Value(parsing: bytes))
    }

    /// Decodes the reason of a pause from JSON text.
    ///
    /// Throws: `ValueSyntaxError`, and `DecodingError` with the path of what does not fit.
    public static func decode(
        _ type: PauseReason.Type,
        parsing bytes: UnsafeBufferPointer<UInt8>
    ) throws -> PauseReason {
        try canonical(type, bytes) ?? decode(type, from: Value(parsing: bytes))
    }

    /// What `bytes` are when they are the canonical text of a `type`; nil when they are not.
    static func canonical<T: CanonicalReadable>(_ type: T.Type, _ bytes: UnsafeBufferPointer<UInt8>) -> T? {
        var reader = ValueReader(bytes)
        do {
            let subject = try T(reading: &reader)
            return reader.at == bytes.count ? subject : nil
        } catch {
            // Why nothing is lost: the long way says what is wrong, if anything is.
            return nil
        }
    }
}
