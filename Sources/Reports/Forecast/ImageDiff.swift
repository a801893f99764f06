import MigrateCore

/// What differs between two images, attribute by attribute.
struct ImageDiff: Sendable, Hashable {
    /// One attribute that differs.
    struct Entry: Sendable, Hashable {
        /// Place in the image: `tags.Name`, `subnets[0]`; empty for the image itself.
        var path: String
        /// Value before; nil when there was none.
        var before: Value?
        /// Value after; nil when there is none.
        var after: Value?
    }

    /// Attributes in the order of their names.
    private(set) var entries: [Entry] = []

    /// Compares `before` and `after`; null stands for a thing that does not exist.
    init(from before: Value, to after: Value) {
        compare(Self.existing(before), Self.existing(after), at: "")
    }

    /// Why not `image.isNull ? nil : image`: the literal would be taken for a null value, which is a value.
    private static func existing(_ image: Value) -> Value? { image.isNull ? Value?.none : image }

    private mutating func compare(_ before: Value?, _ after: Value?, at path: String) {
        guard before != after else { return }
        switch (before, after) {
        case (.object(let old)?, .object(let new)?): compareMembers(old, new, at: path)
        case (.object(let old)?, nil) where !old.isEmpty: compareMembers(old, [:], at: path)
        case (nil, .object(let new)?) where !new.isEmpty: compareMembers([:], new, at: path)
        case (.array(let old)?, .array(let new)?): compareElements(old, new, at: path)
        case (_, _): entries.append(Entry(path: path, before: before, after: after))
        }
    }

    private mutating func compareMembers(_ old: [String: Value], _ new: [String: Value], at path: String) {
        for name in Set(old.keys).union(new.keys).sorted() {
            compare(old[name], new[name], at: Self.path(path, member: name))
        }
    }

    /// Element by element where there are as many; else what was taken out and what was put in.
    private mutating func compareElements(_ old: [Value], _ new: [Value], at path: String) {
        if old.count == new.count {
            for index in old.indices { compare(old[index], new[index], at: "\(path)[\(index)]") }
            return
        }
        var added = new
        for element in old {
            if let place = added.firstIndex(of: element) {
                added.remove(at: place)
            } else {
                entries.append(Entry(path: "\(path)[]", before: element, after: nil))
            }
        }
        for element in added { entries.append(Entry(path: "\(path)[]", before: nil, after: element)) }
    }

    private static func path(_ path: String, member name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789_-".contains(Character($0))
        }
        guard isPlain, !name.isEmpty else { return "\(path)[\(Value.string(name).text)]" }
        return path.isEmpty ? name : "\(path).\(name)"
    }
}

extension ImageDiff {
    /// Adds a line an attribute to `page`, `indent` cells from the left; nothing is cut.
    func add(to page: inout Page, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        for entry in entries {
            let (sign, tone): (String, Tone) =
                entry.before == nil ? ("+", .good) : entry.after == nil ? ("-", .bad) : ("~", .caution)
            let name = entry.path.isEmpty ? "" : "\(entry.path): "
            let values = [entry.before, entry.after].compactMap { $0?.text }.joined(separator: " → ")
            page.wrap("\(name)\(values)", tone, behind: Line("\(margin)\(sign) ", tone), indent: indent + 4)
        }
    }

    /// The differences as JSON.
    var json: Value {
        .array(
            entries.map {
                ["path": .string($0.path), "before": $0.before ?? .null, "after": $0.after ?? .null]
            }
        )
    }
}
