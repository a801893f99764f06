import MigrateCore
import Synchronization

/// Checks jq expressions by compiling them, all at once, and finds the guilty ones when that fails.
public final class JqExpressionChecker: ExpressionChecker {
    private let matcher = Mutex<JqProgram?>(nil)

    /// Makes a checker.
    public init() {}

    /// Mistakes in `expressions`, each placed at its expression, in the order given.
    public func check(_ expressions: [Expression]) -> [Diagnostic] {
        var faults: [String: String] = [:]
        var known: Set<String> = []
        var texts: [String] = []
        for expression in expressions where known.insert(expression.text).inserted {
            if let fault = JqBrackets.fault(in: expression.text) {
                faults[expression.text] = fault
            } else {
                texts.append(expression.text)
            }
        }
        for start in stride(from: 0, to: texts.count, by: Self.together) {
            findFaults(in: texts[start..<min(start + Self.together, texts.count)], into: &faults)
        }
        return expressions.compactMap { expression in
            guard let fault = faults[expression.text] else { return nil }
            return Diagnostic(
                "`\(expression.text)` is not a jq expression: \(fault)",
                at: expression.location,
                length: expression.text.prefix { !$0.isNewline }.count,
                hint: "try it with `jq` on the command line; the manual is https://jqlang.org/manual/v1.6/"
            )
        }
    }

    /// Expressions compiled at once.
    ///
    /// Why not one by one: libjq compiles its own library every time. Why not all: it takes four times as long for
    /// twice as many.
    private static let together = 500

    /// Whether `text` matches the regular expression `pattern` as jq's `test` does; nil when `pattern` is none.
    public func matches(_ text: String, pattern: String) -> Bool? {
        matcher.withLock { program in
            do {
                let ready = try program ?? JqProgram(JqSource([". as [$text, $pattern] | $text | test($pattern)"]))
                program = ready
                return try ready.run(0, over: [.string(text), .string(pattern)])?.bool
            } catch {
                return nil
            }
        }
    }

    /// Halves the group until each guilty expression stands alone.
    ///
    /// Why not by line numbers: an unclosed construct is reported in the expression after it.
    private func findFaults(in group: ArraySlice<String>, into faults: inout [String: String]) {
        guard let first = group.first, let said = Self.complaint(Array(group)) else { return }
        if group.count == 1 {
            faults[first] = Self.readable(said)
            return
        }
        let middle = group.startIndex + group.count / 2
        findFaults(in: group[..<middle], into: &faults)
        findFaults(in: group[middle...], into: &faults)
    }

    private static func complaint(_ expressions: [String]) -> String? {
        do {
            _ = try JqProgram(JqSource(expressions))
            return nil
        } catch {
            guard case .notCompiled(let said) = error else { return "\(error)" }
            return said
        }
    }

    /// The first thing jq said, without its name, its line numbers and the hint for Unix shells.
    private static func readable(_ said: String) -> String {
        guard var line = said.split(whereSeparator: \.isNewline).first.map(String.init) else {
            return "jq did not say why"
        }
        for prefix in ["jq: error: ", "error: "] where line.hasPrefix(prefix) { line.removeFirst(prefix.count) }
        for ending in [" (Unix shell quoting issues?)", " at <top-level>"] {
            if let found = line.firstRange(of: ending) { line.removeSubrange(found.lowerBound...) }
        }
        return line
    }
}
