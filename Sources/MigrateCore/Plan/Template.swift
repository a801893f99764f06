/// A text with `${…}` in it, taken apart.
///
/// `${a.b}` names a value; `$${` stands for the two characters `${`; everything else is itself. A name may be built
/// from another: `${steps.push.${component.name}.digest}`, and a part that holds a dot is put in quotes:
/// `${steps.push."a.b"}`.
public struct Template: Sendable, Hashable {
    /// A stretch of the text.
    public enum Piece: Sendable, Hashable {
        /// Text as it is, `$${` already turned into `${`.
        case text(String)
        /// A value to look up.
        case reference(Reference)
    }

    /// One `${…}`.
    public struct Reference: Sendable, Hashable {
        /// Names between the dots.
        public var segments: [Segment]
        /// Which `${` of the text it is, from 0; `$${` and those inside others are counted too.
        public var occurrence: Int
    }

    /// A name between two dots.
    public indirect enum Segment: Sendable, Hashable {
        /// The name itself.
        case name(String)
        /// A name that has to be looked up first.
        case reference(Reference)
    }

    /// Stretches in order, texts never side by side.
    public var pieces: [Piece]

    /// Takes `text` apart.
    ///
    /// Throws: `TemplateSyntaxError` for a `${` that is not closed, names nothing, or holds what is no name.
    public init(_ text: String) throws(TemplateSyntaxError) {
        guard Self.mayHoldReference(text) else {
            pieces = text.isEmpty ? [] : [.text(text)]
            return
        }
        var scanner = TemplateScanner(text)
        pieces = try scanner.pieces()
    }

    /// Whether anything is looked up in it.
    public var hasReferences: Bool {
        pieces.contains {
            if case .reference = $0 { true } else { false }
        }
    }

    /// Whether `text` looks anything up; a text that is no template does not.
    public static func hasReferences(_ text: String) -> Bool {
        guard mayHoldReference(text) else { return false }
        do { return try Template(text).hasReferences } catch { return false }
    }

    /// Fills in every `${…}` in every text of `value`.
    ///
    /// A text that is exactly one `${x}` becomes the value with its type; elsewhere the value is written into the text.
    /// Throws: `TemplateSyntaxError`, and what `lookup` throws.
    public static func resolve(_ value: Value, lookup: (_ path: [String]) throws -> Value) throws -> Value {
        switch value {
        case .string(let text):
            guard mayHoldReference(text) else { return value }
            return try Template(text).resolved(lookup: lookup)
        case .array(let elements): return .array(try elements.map { try resolve($0, lookup: lookup) })
        case .object(let members): return .object(try members.mapValues { try resolve($0, lookup: lookup) })
        case .null, .bool, .integer, .number: return value
        }
    }

    private func resolved(lookup: ([String]) throws -> Value) throws -> Value {
        func value(of reference: Reference) throws -> Value {
            let path = try reference.path(
                lookup: { (path, _) throws(any Error) in try lookup(path) },
                refuse: { $0 as any Error }
            )
            return try lookup(path)
        }
        if pieces.count == 1, case .reference(let reference) = pieces[0] { return try value(of: reference) }
        var out = ""
        for piece in pieces {
            switch piece {
            case .text(let text): out += text
            case .reference(let reference): out += try value(of: reference).interpolated
            }
        }
        return .string(out)
    }

    /// Fills in what is known before the run; the result is a template again.
    ///
    /// `lookup` gets the path and the number of its `${`, and answers nil for a name that stays for the run.
    /// Throws: what `lookup` throws, and `TemplateSyntaxError` when a name inside a name is not known yet.
    public func filled(lookup: (_ path: [String], _ occurrence: Int) throws -> Value?) throws -> Value {
        try filled(
            lookup: { (path, occurrence) throws(any Error) in try lookup(path, occurrence) },
            refuse: { $0 as any Error }
        )
    }

    /// Fills in what is known before the run; `refuse` makes the error for a template that cannot be filled.
    func filled<Failure: Error>(
        lookup: (_ path: [String], _ occurrence: Int) throws(Failure) -> Value?,
        refuse: (TemplateSyntaxError) -> Failure
    ) throws(Failure) -> Value {
        if pieces.count == 1, case .reference(let reference) = pieces[0] {
            let path = try reference.path(lookup: lookup, refuse: refuse)
            guard let value = try lookup(path, reference.occurrence) else { return .string(Self.text(of: path)) }
            return Self.escaped(value)
        }
        var out = ""
        for piece in pieces {
            switch piece {
            case .text(let text): out += Self.escaped(text)
            case .reference(let reference):
                let path = try reference.path(lookup: lookup, refuse: refuse)
                if let value = try lookup(path, reference.occurrence) {
                    out += Self.escaped(value.interpolated)
                } else if out.hasSuffix("$") {
                    // Why refused: `$` before `${x}` would read as the escape `$${`.
                    let message = "a `$` cannot stand right before `${…}`"
                    throw refuse(TemplateSyntaxError(occurrence: reference.occurrence, message: message))
                } else {
                    out += Self.text(of: path)
                }
            }
        }
        return .string(out)
    }

    /// `value` as a template that yields it again.
    public static func escaped(_ value: Value) -> Value {
        switch value {
        case .string(let text): mayHoldReference(text) ? .string(escaped(text)) : value
        case .array(let elements): .array(elements.map { escaped($0) })
        case .object(let members): .object(members.mapValues { escaped($0) })
        case .null, .bool, .integer, .number: value
        }
    }

    /// `text` as a template that yields it again.
    public static func escaped(_ text: String) -> String {
        guard mayHoldReference(text) else { return text }
        var out: [UInt8] = []
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "$"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
                out.append(byte)
            }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `${…}` that names `path`.
    public static func text(of path: [String]) -> String {
        "${" + path.map { TemplateScanner.isPlainName($0) ? $0 : quoted($0) }.joined(separator: ".") + "}"
    }

    private static func quoted(_ name: String) -> String {
        var out = "\""
        for character in name {
            if character == "\"" || character == "\\" { out.append("\\") }
            out.append(character)
        }
        return out + "\""
    }

    /// Why: nearly all texts hold none, and looking for the bytes is much cheaper than taking a text apart.
    static func mayHoldReference(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "{"), previous == UInt8(ascii: "$") { return true }
            previous = byte
        }
        return false
    }
}

extension Template.Reference {
    /// Names with those looked up that had to be.
    ///
    /// Throws: what `lookup` throws; `refuse` makes the error for a name that `lookup` knows no text for.
    func path<Failure: Error>(
        lookup: ([String], Int) throws(Failure) -> Value?,
        refuse: (TemplateSyntaxError) -> Failure
    ) throws(Failure) -> [String] {
        var path: [String] = []
        for segment in segments {
            switch segment {
            case .name(let name): path.append(name)
            case .reference(let inner):
                let name = try inner.path(lookup: lookup, refuse: refuse)
                let value = try lookup(name, inner.occurrence)
                guard let text = Self.text(of: value) else {
                    let wanted = value == nil ? "be known before the run" : "be a text or a whole number"
                    let error = TemplateSyntaxError(
                        occurrence: inner.occurrence,
                        length: Template.text(of: name).count,
                        message: "`\(Template.text(of: name))` inside a name must \(wanted)"
                    )
                    throw refuse(error)
                }
                path.append(text)
            }
        }
        return path
    }

    private static func text(of value: Value?) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case nil, .null, .bool, .number, .array, .object: nil
        }
    }
}
