import MigrateCore
import RunbookYAML
import Steps

extension FuzzTarget {
    /// A runbook, read and planned; expressions are not compiled, which would take all of the time.
    static let runbook = FuzzTarget(name: "runbook") { bytes in
        _ = try? RunbookReader.plan(
            text: String(decoding: bytes, as: UTF8.self),
            file: "runbook.yaml",
            environmentName: "test",
            values: [:],
            catalog: KindTable(StepCatalog.declarations),
            expressions: AnyExpression()
        )
    }

    /// Values of an environment.
    static let environment = FuzzTarget(name: "environment") { bytes in
        _ = try? EnvironmentReader.read(text: String(decoding: bytes, as: UTF8.self), file: "test.yaml")
    }

    /// A jq expression on the first line, its input on the others.
    static let expression = FuzzTarget(name: "expression") { bytes in
        let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let text = String(decoding: parts[0], as: UTF8.self)
        let input = parts.count > 1 ? (try? Value(parsing: Array(parts[1]))) ?? .null : .null
        _ = try? await JqEvaluator().evaluate(text, over: input)
    }

    /// JSON, read, written in its canonical form and read again as the same.
    static let canonical = FuzzTarget(name: "canonical") { bytes in
        guard let value = try? Value(parsing: bytes) else { return }
        guard let again = try? Value(parsing: value.bytes) else { fatalError("what was written cannot be read") }
        guard again == value else { fatalError("what was read again is another value") }
    }

    /// An event of a journal.
    static let event = FuzzTarget(name: "event") { bytes in
        guard let value = try? Value(parsing: bytes),
            let event = try? ValueDecoder.decode(RunEvent.self, from: value)
        else { return }
        guard let written = try? ValueEncoder.bytes(of: event), let back = try? Value(parsing: written),
            (try? ValueDecoder.decode(RunEvent.self, from: back)) == event
        else { fatalError("an event that was read cannot be written and read again") }
    }
}

/// Lets every expression pass.
private struct AnyExpression: ExpressionChecker {
    func check(_ expressions: [Expression]) -> [Diagnostic] { [] }

    func matches(_ text: String, pattern: String) -> Bool? { true }
}
