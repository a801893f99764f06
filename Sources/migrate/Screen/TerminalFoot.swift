import Glibc
import Reports
import Synchronization

/// The last lines of a terminal, drawn over again and again; what is said stays above them.
///
/// Rule: what was said is never erased. Why the care with widths: a terminal that became narrower than a line of the
/// foot has broken it in two or cut it, and nobody can tell which; such a foot is left where it is, and drawn anew below.
final class TerminalFoot: Sendable {
    private struct Shown {
        var rows: [Row] = []
        var isResting = false
    }

    private let file: Int32
    private let shown = Mutex(Shown())

    /// Makes the foot of the terminal behind `file`; nil when there is none, or nobody sees it.
    init?(file: Int32, environment: [String: String]) {
        let isSeen = environment["CI"]?.isEmpty ?? true && environment["TERM"] != "dumb"
        guard isSeen, isatty(file) == 1, Self.size(of: file) != nil else { return nil }
        self.file = file
    }

    /// Lines and columns of the terminal.
    var size: (lines: Int, columns: Int) { Self.size(of: file) ?? (24, 80) }

    private static func size(of file: Int32) -> (lines: Int, columns: Int)? {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 3, size.ws_col >= 20 else { return nil }
        return (Int(size.ws_row), Int(size.ws_col))
    }

    /// Shows `rows` in place of those shown before.
    func draw(_ rows: [Row]) {
        shown.withLock { shown in
            guard !shown.isResting, shown.rows != rows else { return }
            write(erasing(shown.rows) + Self.text(of: rows))
            shown.rows = rows
        }
    }

    /// Writes `text` above the foot.
    func say(_ text: String) {
        shown.withLock { shown in
            write(erasing(shown.rows) + text + (text.hasSuffix("\n") ? "" : "\n") + Self.text(of: shown.rows))
        }
    }

    /// Takes the foot away while `body` talks with the person.
    func resting<Result>(_ body: () throws -> Result) rethrows -> Result {
        clear(rests: true)
        defer { shown.withLock { $0.isResting = false } }
        return try body()
    }

    /// Takes the foot away for good.
    func clear() { clear(rests: true) }

    private func clear(rests: Bool) {
        shown.withLock { shown in
            if !shown.rows.isEmpty { write(erasing(shown.rows)) }
            shown = Shown(rows: [], isResting: rests)
        }
    }

    private func erasing(_ rows: [Row]) -> String {
        guard !rows.isEmpty else { return "" }
        let columns = size.columns
        guard rows.allSatisfy({ $0.cells <= columns }) else { return "\r\n" }
        // ECMA-48: CUU goes up, ED erases from the cursor to the end of the screen.
        return "\r" + (rows.count > 1 ? "\u{1B}[\(rows.count - 1)A" : "") + "\u{1B}[J"
    }

    private static func text(of rows: [Row]) -> String { rows.map(\.text).joined(separator: "\r\n") }

    /// Writes in one piece, between the marks that have a terminal show it in one piece (DEC mode 2026).
    private func write(_ text: String) { Talk.write("\u{1B}[?2026h\(text)\u{1B}[?2026l", to: file) }
}
