/// A line of a page as it is drawn, and the cells that it takes.
public struct Row: Sendable, Hashable {
    /// Text with its colours.
    public var text: String
    /// Cells.
    public var cells: Int

    init(_ line: Line, _ style: Style) {
        text = line.rendered(style)
        cells = line.cells
    }
}
