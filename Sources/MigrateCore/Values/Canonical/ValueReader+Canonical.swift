/// Pieces of canonical text: names in their order, nothing between them that need not be there.
extension ValueReader {
    private func isHere(_ byte: UInt8) -> Bool { at < bytes.count && bytes[at] == byte }

    private mutating func take(_ byte: UInt8) throws(Unfit) {
        guard isHere(byte) else { throw Unfit() }
        at += 1
    }

    /// Enters an object.
    mutating func enter() throws(Unfit) { try take(UInt8(ascii: "{")) }

    /// Leaves an object; unfit when it has more members.
    mutating func leave() throws(Unfit) { try take(UInt8(ascii: "}")) }

    /// Goes on to the next member, if it is called `name`.
    mutating func has(_ name: StaticString) -> Bool {
        let isFirst = at > 0 && bytes[at - 1] == UInt8(ascii: "{")
        guard isFirst != isHere(UInt8(ascii: ",")) else { return false }
        let next = isFirst ? at : at + 1
        let count = name.utf8CodeUnitCount
        guard next + count + 3 <= bytes.count, bytes[next] == UInt8(ascii: "\""),
            bytes[next + count + 1] == UInt8(ascii: "\""), bytes[next + count + 2] == UInt8(ascii: ":")
        else { return false }
        for offset in 0..<count where bytes[next + 1 + offset] != name.utf8Start[offset] { return false }
        at = next + count + 3
        return true
    }

    /// Goes on to the member `name`.
    mutating func go(to name: StaticString) throws(Unfit) {
        guard has(name) else { throw Unfit() }
    }

    /// A string.
    mutating func text() throws(Unfit) -> String {
        guard isHere(UInt8(ascii: "\"")) else { throw Unfit() }
        do { return try string() } catch { throw Unfit() }
    }

    /// The string member `name`.
    mutating func text(_ name: StaticString) throws(Unfit) -> String {
        try go(to: name)
        return try text()
    }

    /// The string member `name`; nil when there is none.
    mutating func textIfPresent(_ name: StaticString) throws(Unfit) -> String? { has(name) ? try text() : nil }

    /// Depth below which `Value` refuses to go less what is above any value of a plan or an event.
    private static let depth = 16

    /// Any value.
    mutating func value() throws(Unfit) -> Value {
        do { return try value(depth: Self.depth) } catch { throw Unfit() }
    }

    /// The member `name`, whatever it is.
    mutating func value(_ name: StaticString) throws(Unfit) -> Value {
        try go(to: name)
        return try value()
    }

    /// The object member `name`.
    mutating func values(_ name: StaticString) throws(Unfit) -> [String: Value] {
        guard case .object(let members) = try value(name) else { throw Unfit() }
        return members
    }

    /// A whole number.
    mutating func whole() throws(Unfit) -> Int64 {
        guard case .integer(let number) = try value() else { throw Unfit() }
        return number
    }

    /// The whole member `name`.
    mutating func number(_ name: StaticString) throws(Unfit) -> Int {
        try go(to: name)
        guard let number = Int(exactly: try whole()) else { throw Unfit() }
        return number
    }

    /// True or false.
    mutating func truth() throws(Unfit) -> Bool {
        guard case .bool(let truth) = try value() else { throw Unfit() }
        return truth
    }

    /// The member `name` that is true or false.
    mutating func truth(_ name: StaticString) throws(Unfit) -> Bool {
        try go(to: name)
        return try truth()
    }

    /// The member `name` that is a time.
    mutating func time(_ name: StaticString) throws(Unfit) -> Timestamp {
        try go(to: name)
        return Timestamp(milliseconds: try whole())
    }

    /// The member `name` that is a length of time.
    mutating func duration(_ name: StaticString) throws(Unfit) -> Duration {
        guard let duration = Duration(value: try value(name)) else { throw Unfit() }
        return duration
    }

    /// The member `name` that is a length of time; nil when there is none.
    mutating func durationIfPresent(_ name: StaticString) throws(Unfit) -> Duration? {
        guard has(name) else { return nil }
        guard let duration = Duration(value: try value()) else { throw Unfit() }
        return duration
    }

    /// The member `name` that is one of the words of `type`.
    mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type, _ name: StaticString) throws(Unfit) -> Word {
        guard let word = Word(rawValue: try text(name)) else { throw Unfit() }
        return word
    }

    /// The member `name` of a type that is read the same way.
    mutating func read<Subject: CanonicalReadable>(
        _ type: Subject.Type,
        _ name: StaticString
    ) throws(Unfit) -> Subject {
        try go(to: name)
        return try Subject(reading: &self)
    }

    /// The member `name` that is a list, its elements read by `element`.
    mutating func list<Element>(
        _ name: StaticString,
        _ element: (inout ValueReader) throws(Unfit) -> Element
    ) throws(Unfit) -> [Element] {
        try go(to: name)
        return try list(element)
    }

    /// A list, its elements read by `element`.
    mutating func list<Element>(
        _ element: (inout ValueReader) throws(Unfit) -> Element
    ) throws(Unfit) -> [Element] {
        try take(UInt8(ascii: "["))
        var elements: [Element] = []
        if isHere(UInt8(ascii: "]")) {
            at += 1
            return elements
        }
        while true {
            elements.append(try element(&self))
            if isHere(UInt8(ascii: "]")) { break }
            try take(UInt8(ascii: ","))
        }
        at += 1
        return elements
    }

    /// The member `name` that is an object of strings.
    mutating func texts(_ name: StaticString) throws(Unfit) -> [String: String] {
        var texts: [String: String] = [:]
        try go(to: name)
        try enter()
        if isHere(UInt8(ascii: "}")) {
            at += 1
            return texts
        }
        while true {
            let name = try text()
            try take(UInt8(ascii: ":"))
            texts[name] = try text()
            if isHere(UInt8(ascii: "}")) { break }
            try take(UInt8(ascii: ","))
        }
        at += 1
        return texts
    }

    /// Enters the object of an enum's case, if that case is `name`.
    mutating func isCase(_ name: StaticString) throws(Unfit) -> Bool {
        guard has(name) else { return false }
        try enter()
        return true
    }
}
