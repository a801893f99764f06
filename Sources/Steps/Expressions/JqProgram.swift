import CJq
import MigrateCore

/// One compiled jq program.
///
/// Rule: one task at a time. Why: jq's values count their references without atomics. Whoever holds one is an actor,
/// or a function that does not let it out.
final class JqProgram {
    /// How long one evaluation may compute; jq cannot be trusted to end.
    static let timeLimit = Duration.milliseconds(250)
    /// Most bytes of JSON that an evaluation takes or gives.
    static let sizeLimit = 1 << 20

    private let state: OpaquePointer
    private let messages: UnsafeMutablePointer<cjq_messages>

    /// Compiles `source`.
    ///
    /// Throws: `ExpressionFailure.notCompiled` with all that jq said.
    init(_ source: JqSource) throws(ExpressionFailure) {
        let messages = UnsafeMutablePointer<cjq_messages>.allocate(capacity: 1)
        messages.initialize(to: cjq_messages(text: nil, length: 0))
        guard let state = cjq_open(messages) else {
            messages.deallocate()
            throw .notCompiled("jq could not be started")
        }
        guard jq_compile(state, source.text) != 0 else {
            let said = messages.pointee.text.map { String(cString: $0) } ?? ""
            cjq_close(state)
            free(messages.pointee.text)
            messages.deallocate()
            throw .notCompiled(said)
        }
        self.state = state
        self.messages = messages
    }

    deinit {
        cjq_close(state)
        free(messages.pointee.text)
        messages.deallocate()
    }

    /// The one result of expression `index` over `input`; nil when it gives none.
    ///
    /// Throws: `ExpressionFailure`.
    func run(_ index: Int, over input: Value) throws(ExpressionFailure) -> Value? {
        let text = input.bytes
        guard text.count <= Self.sizeLimit else { throw .tooLarge(limit: Self.sizeLimit) }
        let whole = Array("[\(index),".utf8) + text + [UInt8(ascii: "]")]
        let parsed = whole.withUnsafeBytes { bytes in
            jv_parse_sized(bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        guard jv_is_valid(parsed) != 0 else {
            jv_free(parsed)
            throw .raised("the input is not JSON to jq")
        }
        jq_start(state, parsed, 0)
        guard let watchdog = cjq_watch_begin(state, Int(Self.timeLimit.inMilliseconds)) else {
            throw .raised("no thread could be started to watch it")
        }
        let first = next()
        var second = Result.none
        if case .text = first { second = next() }
        let wasHalted = cjq_watch_end(watchdog) != 0
        return try Self.value(of: first, and: second, wasHalted: wasHalted)
    }

    private enum Result {
        case none
        case text([UInt8])
        case error(String)
        case tooLarge
    }

    private static func value(
        of first: Result,
        and second: Result,
        wasHalted: Bool
    ) throws(ExpressionFailure) -> Value? {
        switch (first, second) {
        case (.tooLarge, _), (_, .tooLarge): throw .tooLarge(limit: sizeLimit)
        case (.error(let message), _), (_, .error(let message)): throw .raised(message)
        case _ where wasHalted: throw .timedOut
        case (.none, _): return nil
        case (.text, .text): throw .severalResults
        case (.text(let bytes), .none):
            do {
                return try Value(parsing: bytes)
            } catch {
                throw .raised("the result is not JSON: \(error.message)")
            }
        }
    }

    private func next() -> Result {
        let result = jq_next(state)
        guard jv_is_valid(result) != 0 else {
            guard jv_invalid_has_msg(jv_copy(result)) != 0 else {
                jv_free(result)
                return .none
            }
            let message = jv_invalid_get_msg(result)
            if jv_get_kind(message) == JV_KIND_STRING {
                defer { jv_free(message) }
                return .error(String(cString: jv_string_value(message)))
            }
            return .error(String(decoding: Self.dumped(message), as: UTF8.self))
        }
        let bytes = Self.dumped(result)
        return bytes.count > Self.sizeLimit ? .tooLarge : .text(bytes)
    }

    private static func dumped(_ value: jv) -> [UInt8] {
        let text = jv_dump_string(value, 0)
        defer { jv_free(text) }
        let length = Int(jv_string_length_bytes(jv_copy(text)))
        return UnsafeRawBufferPointer(start: jv_string_value(text), count: length).map { $0 }
    }
}
