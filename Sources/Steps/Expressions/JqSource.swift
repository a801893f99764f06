/// Text of one jq program that holds many expressions and runs the one that its input names.
///
/// Why one: compiling costs some 30 ms whatever the length, because jq reads its own library each time.
struct JqSource {
    /// Program; its input is `[index, value]`.
    let text: String
    /// First and last line of each expression in `text`, from 1.
    let lines: [ClosedRange<Int>]

    /// What an expression must not reach: our environment (it holds secrets), our input, the clock, the process, files.
    private static let shadows = [
        "env", "input", "inputs", "now", "halt", "halt_error", "modulemeta", "input_filename", "get_search_list",
    ].map { "def \($0): error(\"\($0) is not available\");" }

    private static let prelude =
        shadows.joined(separator: " ") + " def halt_error(f): error(\"halt_error is not available\");"
        + " def debug: .; def stderr: .; {} as $ENV | . as [$__i, $__v] | $__v | "

    /// Puts `expressions` together; each must have passed `JqBrackets`.
    init(_ expressions: [String]) {
        var text = Self.prelude
        var lines: [ClosedRange<Int>] = []
        var line = 1
        for (index, expression) in expressions.enumerated() {
            // A newline before the parenthesis, so that a comment at the end of an expression cannot hide it.
            text += (index == 0 ? "if" : "elif") + " $__i == \(index) then (\n\(expression)\n) "
            let height = expression.utf8.count { $0 == UInt8(ascii: "\n") }
            lines.append(line + 1...line + 1 + height)
            line += height + 2
        }
        self.text =
            text + (expressions.isEmpty ? "error(\"no such expression\")" : "else error(\"no such expression\") end")
        self.lines = lines
    }
}
