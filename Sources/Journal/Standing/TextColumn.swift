import GRDB
import MigrateCore

/// Values of the core as columns hold them.
enum TextColumn {
    /// `title` as text: its English alone where that is all, else the JSON of its texts.
    ///
    /// Why two shapes: nearly all titles have one language, and a status of ten thousand steps parses none of those.
    static func write(_ title: LocalizedText) throws -> String {
        if title.texts.count == 1, let text = title.texts["en"], !text.hasPrefix("{") { return text }
        return Value.object(title.texts.mapValues { .string($0) }).text
    }

    /// Reads what `write` wrote.
    ///
    /// Throws: `ValueSyntaxError`.
    static func title(_ text: String) throws -> LocalizedText {
        guard text.hasPrefix("{") else { return LocalizedText(text) }
        return LocalizedText(texts: try Value(parsing: text).object?.compactMapValues(\.string) ?? [:])
    }

    /// JSON of `subject`.
    static func json(_ subject: some Encodable) throws -> String { try ValueEncoder.encode(subject).text }

    /// Time in the column at `index` of `row`; nil when there is none.
    static func time(_ row: Row, _ index: Int) throws -> Timestamp? {
        try row.decode(Int64?.self, atIndex: index).map { Timestamp(milliseconds: $0) }
    }
}
