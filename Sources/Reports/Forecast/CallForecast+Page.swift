import MigrateCore

extension CallForecast {
    /// Adds a line an entry to `page`, `indent` cells from the left, in columns; nothing is cut.
    func addEntries(to page: inout Page, indent: Int) {
        let count = entries.map(\.cells.count).max() ?? 0
        let widths = (0..<count).map { column in
            entries.map { $0.cells.count > column ? TextWidth.cells(of: $0.cells[column]) : 0 }.max() ?? 0
        }
        // Why not the empty ones: most calls have no use for each of them.
        let columns = widths.indices.filter { widths[$0] > 0 }
        for entry in entries {
            var head = Line(String(repeating: " ", count: indent))
            for column in columns.dropLast() {
                let cell = entry.cells.count > column ? entry.cells[column] : ""
                head.add(cell)
                head.add(String(repeating: " ", count: widths[column] - TextWidth.cells(of: cell) + 2))
            }
            let last = columns.last.flatMap { entry.cells.count > $0 ? entry.cells[$0] : nil } ?? ""
            page.wrap(last, behind: head, indent: indent + 4)
        }
    }

    /// For programs.
    var json: Value {
        ["summary": .string(summary), "arrival": .string(arrival), "entries": .array(entries.map(\.value))]
    }
}
