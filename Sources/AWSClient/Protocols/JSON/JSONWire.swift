import FoundationEssentials
import Network

/// Turns inputs and outputs of JSON services into bytes and back.
enum JSONWire {
    /// Body of `input`: members in the order of their names, so that equal inputs have equal bytes.
    ///
    /// With `hidingSecrets`, for evidence, secrets stand as `‹redacted›`.
    ///
    /// - Throws: `AWSError` of kind `configuration` when it cannot be written, such as a number that is not finite.
    static func encode<Input: Encodable>(
        _ input: Input,
        for call: Call,
        hidingSecrets: Bool = false
    ) throws -> [UInt8] {
        let encoder = JSONEncoder()
        if let key = Secret.hidingKey { encoder.userInfo[key] = hidingSecrets }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(input))
        } catch {
            throw call.configurationError("the input cannot be written as JSON: \(error)")
        }
    }

    /// Reads the body of `answer`.
    ///
    /// - Throws: `AWSError` of kind `unreadable` when it is no JSON or lacks a required member.
    static func decode<Output: Decodable>(_ answer: Answer) throws -> Output {
        do {
            return try JSONDecoder().decode(Output.self, from: Data(answer.response.body))
        } catch let error as DecodingError {
            throw answer.unreadable(reason(error))
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "`\(path(context.codingPath + [key]))` is missing"
        case .valueNotFound(_, let context):
            "`\(path(context.codingPath))` is null"
        case .typeMismatch(let type, let context):
            "`\(path(context.codingPath))` is not \(type)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "the answer is no JSON" : "`\(path(context.codingPath))` cannot be read"
        @unknown default:
            "cannot be read"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}
