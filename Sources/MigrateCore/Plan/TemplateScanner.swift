/// Takes the text of a `Template` apart.
struct TemplateScanner {
    private let bytes: [UInt8]
    private var at = 0
    private var occurrence = 0
    /// Why a limit: names inside names are read by recursion, and a text from a file must not exhaust the stack.
    private static let depthLimit = 8

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func pieces() throws(TemplateSyntaxError) -> [Template.Piece] {
        var out: [Template.Piece] = []
        var text: [UInt8] = []
        while at < bytes.count {
            if starts(with: "$${") {
                text += "${".utf8
                at += 3
                occurrence += 1
            } else if starts(with: "${") {
                if !text.isEmpty { out.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                out.append(.reference(try reference(depth: 0)))
            } else {
                text.append(bytes[at])
                at += 1
            }
        }
        if !text.isEmpty { out.append(.text(String(decoding: text, as: UTF8.self))) }
        return out
    }

    /// Whether `name` can stand between dots without quotes.
    static func isPlainName(_ name: String) -> Bool { !name.isEmpty && name.utf8.allSatisfy(isPlain) }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"), UInt8(ascii: "\""),
            UInt8(ascii: "\\"), 0...0x20:
            false
        default: true
        }
    }

    private func starts(with text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard at + length <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in bytes[at..<at + length].elementsEqual(wanted) }
    }

    private mutating func reference(depth: Int) throws(TemplateSyntaxError) -> Template.Reference {
        let own = occurrence
        occurrence += 1
        at += 2
        guard depth < Self.depthLimit else {
            throw TemplateSyntaxError(occurrence: own, message: "more than \(Self.depthLimit) `${` inside each other")
        }
        var segments: [Template.Segment] = []
        while true {
            segments.append(try segment(of: own, depth: depth))
            guard at < bytes.count else { throw unclosed(own) }
            switch bytes[at] {
            case UInt8(ascii: "."): at += 1
            case UInt8(ascii: "}"):
                at += 1
                return Template.Reference(segments: segments, occurrence: own)
            default: throw noName(own)
            }
        }
    }

    private mutating func segment(of own: Int, depth: Int) throws(TemplateSyntaxError) -> Template.Segment {
        if starts(with: "${") { return .reference(try reference(depth: depth + 1)) }
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { return .name(try quotedName(of: own)) }
        let start = at
        while at < bytes.count, Self.isPlain(bytes[at]) { at += 1 }
        guard at > start else {
            guard at < bytes.count else { throw unclosed(own) }
            guard bytes[at] == UInt8(ascii: "}") || bytes[at] == UInt8(ascii: ".") else { throw noName(own) }
            throw TemplateSyntaxError(
                occurrence: own,
                message: "a name is missing in `${…}`",
                hint: "write `${name}`, or `$${` for the characters themselves"
            )
        }
        return .name(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func quotedName(of own: Int) throws(TemplateSyntaxError) -> String {
        at += 1
        var name: [UInt8] = []
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
            name.append(bytes[at])
            at += 1
        }
        guard at < bytes.count else { throw unclosed(own) }
        at += 1
        return String(decoding: name, as: UTF8.self)
    }

    private func unclosed(_ own: Int) -> TemplateSyntaxError {
        TemplateSyntaxError(
            occurrence: own,
            message: "`${` is not closed",
            hint: "add `}`, or write `$${` for the characters themselves"
        )
    }

    private func noName(_ own: Int) -> TemplateSyntaxError {
        guard bytes[at...].contains(UInt8(ascii: "}")) else { return unclosed(own) }
        return TemplateSyntaxError(
            occurrence: own,
            message: "`${…}` holds something that is no name",
            hint: "only names and dots may stand in it, as in `${component.name}`; jq belongs into `when` and `expect`"
        )
    }
}
