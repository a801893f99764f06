import MigrateCore
import Yams

/// A file as one value with the places of everything in it, and what is wrong with it as YAML.
struct YAMLDocument {
    /// Value; nil when the text is no YAML at all, or empty.
    private(set) var value: SourceValue?
    /// Mistakes found.
    private(set) var problems: [Diagnostic] = []

    private let source: YAMLSource
    private var nodeCount = 0
    /// Names that were changed so that Yams would go on, with the first letter they had.
    private var firstLetters: [Unicode.Scalar: Character] = [:]

    /// Why: an alias may name a list of aliases, so that a short text stands for millions of values.
    private static let nodeLimit = 1_000_000
    private static let depthLimit = 100
    private static let knownTags: Set = ["", Tag.Name.str.rawValue, Tag.Name.seq.rawValue, Tag.Name.map.rawValue]
    /// Why: each repeated name costs another reading of the text.
    private static let renamingLimit = 50

    init(text: String, file: String) {
        source = YAMLSource(text: text, file: file)
        guard let root = parse(text) else { return }
        value = convert(root, depth: 0)
    }

    /// Reads the text; a name given twice in a mapping is changed and the text read again.
    ///
    /// Why: Yams stops at the first mapping with such a name, and all mistakes are to be shown at once.
    private mutating func parse(_ original: String) -> Node? {
        var text = original
        while true {
            do {
                let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
                guard let root = try parser.nextRoot() else { return nil }
                if let second = try parser.nextRoot() {
                    problems.append(
                        Diagnostic(
                            "a second document in the same file",
                            at: second.mark.map { source.location(of: $0) },
                            hint: "one file holds one document: take the `---` out"
                        )
                    )
                }
                return root
            } catch YamlError.duplicatedKeysInMapping(_, let context) where firstLetters.count < Self.renamingLimit {
                guard let changed = rename(at: context.mark, in: text) else {
                    problems.append(
                        Diagnostic("a name given twice in one mapping", at: source.location(of: context.mark))
                    )
                    return nil
                }
                text = changed
            } catch let error as YamlError {
                problems.append(YAMLFault(source: source).diagnostic(for: error))
                return nil
            } catch {
                problems.append(Diagnostic("not YAML: \(error)", at: source.location(at: 0)))
                return nil
            }
        }
    }

    private mutating func rename(at mark: Mark, in text: String) -> String? {
        // From the private use area, which YAML allows and nobody writes names with.
        guard let stand = Unicode.Scalar(0xE000 + UInt32(firstLetters.count)) else { return nil }
        let current = YAMLSource(text: text, file: source.file)
        let rest = current.restOfLine(from: mark).drop { $0 == "\"" || $0 == "'" }
        guard let letter = rest.first, let changed = current.renaming(nameAt: mark, to: stand) else { return nil }
        firstLetters[stand] = letter
        return changed
    }

    /// Name as it was written.
    private func original(_ name: String) -> String {
        guard !firstLetters.isEmpty, let first = name.unicodeScalars.first, let letter = firstLetters[first] else {
            return name
        }
        return String(letter) + name.unicodeScalars.dropFirst().map(String.init).joined()
    }

    private mutating func convert(_ node: Node, depth: Int) -> SourceValue? {
        nodeCount += 1
        let place = node.mark.map { source.location(of: $0) }
        guard nodeCount <= Self.nodeLimit, depth <= Self.depthLimit else {
            let isFirst = !problems.contains { $0.message.hasPrefix("too ") }
            if isFirst {
                problems.append(
                    Diagnostic(
                        nodeCount > Self.nodeLimit
                            ? "too many values: more than \(Self.nodeLimit)"
                            : "too deep: more than \(Self.depthLimit) levels",
                        at: place
                    )
                )
            }
            return nil
        }
        checkTag(node, at: place)
        switch node {
        case .scalar(let scalar): return convert(scalar, at: place)
        case .sequence(let sequence):
            return SourceValue(.list(sequence.compactMap { convert($0, depth: depth + 1) }), at: place)
        case .mapping(let mapping): return SourceValue(.mapping(members(of: mapping, depth: depth)), at: place)
        case .alias:
            problems.append(Diagnostic("an alias cannot stand here", at: place))
            return nil
        }
    }

    private mutating func checkTag(_ node: Node, at place: SourceLocation?) {
        let tag =
            switch node {
            case .scalar(let scalar): scalar.tag
            case .sequence(let sequence): sequence.tag
            case .mapping(let mapping): mapping.tag
            case .alias(let alias): alias.tag
            }
        guard !Self.knownTags.contains(tag.rawValue) else { return }
        problems.append(
            Diagnostic(
                "the tag `\(tag.rawValue)` has no meaning here",
                at: place,
                hint: "take it out, or put the text in quotes"
            )
        )
    }

    private mutating func convert(_ scalar: Node.Scalar, at place: SourceLocation?) -> SourceValue {
        let isTagged = scalar.tag.rawValue == Tag.Name.str.rawValue
        let value: Value =
            scalar.style == .plain && !isTagged ? YAMLScalar.value(of: scalar.string) : .string(scalar.string)
        guard let mark = scalar.mark else { return SourceValue(.scalar(value), at: place) }
        var out = SourceValue(.scalar(value), at: place, length: source.length(of: scalar, at: mark))
        guard case .string(let text) = value else { return out }
        let count = Self.referenceCount(text)
        guard count > 0 else { return out }
        out.references = source.references(in: scalar, at: mark, count: count)
        return out
    }

    private static func referenceCount(_ text: String) -> Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "{"), previous == UInt8(ascii: "$") { count += 1 }
            previous = byte
        }
        return count
    }

    private mutating func members(of mapping: Node.Mapping, depth: Int) -> [SourceValue.Member] {
        var members: [SourceValue.Member] = []
        var seen: [String: SourceLocation] = [:]
        for (key, node) in mapping {
            guard case .scalar(let scalar) = key, let mark = scalar.mark else {
                problems.append(
                    Diagnostic("a name must be a text", at: key.mark.map { source.location(of: $0) })
                )
                continue
            }
            let name = original(scalar.string)
            let place = source.location(of: mark)
            let value = convert(node, depth: depth + 1)
            if name == "<<", scalar.style == .plain {
                problems.append(
                    Diagnostic(
                        "merge keys are not read",
                        at: place,
                        length: 2,
                        hint: "write the members out; an alias (`*name`) may stand for a whole value"
                    )
                )
                continue
            }
            if let first = seen[name] {
                problems.append(
                    Diagnostic(
                        "`\(name)` is given twice",
                        at: place,
                        length: name.count,
                        hint: "the first stands at \(first.file):\(first.line):\(first.column)"
                    )
                )
                continue
            }
            seen[name] = place
            if let value { members.append(SourceValue.Member(name: name, nameLocation: place, value: value)) }
        }
        return members
    }
}
