import MigrateCore
import Synchronization

/// Checks jq expressions by compiling them, all at once, and finds the guilty ones when that fails.
public final class JqExpressionChecker: ExpressionChecker {
    private let matcher = Mutex<JqProgram?>(nil)

    /// Makes a checker.
    public init() {}

    /// Mistakes in `expressions`, each placed at its expression, in the order given.
    public func check(_ expressions: [Expression]) -> [Diagnostic] {
        var faults: [Int: String] = [:]
        var remaining: [Int] = []
        for (index, expression) in expressions.enumerated() {
            if let fault = JqBrackets.fault(in: expression.text) {
                faults[index] = fault
            } else {
                remaining.append(index)
            }
        }
        findFaults(in: remaining, of: expressions, into: &faults)
        return faults.sorted { $0.key < $1.key }.map { index, fault in
            let expression = expressions[index]
            return Diagnostic(
                "`\(expression.text)` is not a jq expression: \(fault)",
                at: expression.location,
                length: expression.text.prefix { !$0.isNewline }.count,
                hint: "try it with `jq` on the command line; the manual is https://jqlang.org/manual/v1.6/"
            )
        }
    }

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
    private func findFaults(in group: [Int], of expressions: [Expression], into faults: inout [Int: String]) {
        guard !group.isEmpty, let said = Self.complaint(group.map { expressions[$0].text }) else { return }
        if group.count == 1 {
            faults[group[0]] = Self.readable(said)
            return
        }
        let middle = group.count / 2
        findFaults(in: Array(group[..<middle]), of: expressions, into: &faults)
        findFaults(in: Array(group[middle...]), of: expressions, into: &faults)
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
