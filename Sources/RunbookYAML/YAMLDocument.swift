import MigrateCore
import Yams

/// A file as one value with the places of everything in it, and what is wrong with it as YAML.
struct YAMLDocument {
    /// Value; nil when the text is no YAML at all, or empty.
    private(set) var value: SourceValue?
    /// Mistakes found.
    private(set) var problems: [Diagnostic] = []

    private let source: YAMLSource
    private let mayHoldAliases: Bool
    /// Values by the offset of their first byte, with the values in them and the levels below.
    private var known: [Int: (value: SourceValue, nodeCount: Int, depth: Int)] = [:]
    private var nodeCount = 0
    private var deepest = 0
    /// Whether a limit was passed; nothing more is read then.
    private var hasGivenUp = false
    /// Names that were changed so that Yams would go on, with the first letter they had.
    private var firstLetters: [Unicode.Scalar: Character] = [:]

    /// Why: an alias may name a list of aliases, so that a short text stands for millions of values.
    private static let nodeLimit = 500_000
    private static let depthLimit = 100
    /// Why: each repeated name costs another reading of the text.
    private static let renamingLimit = 50

    init(text: String, file: String) {
        source = YAMLSource(text: text, file: file)
        mayHoldAliases = text.utf8.contains(UInt8(ascii: "&")) && text.utf8.contains(UInt8(ascii: "*"))
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

    /// Value of `node`; one that an alias repeats is taken from the first time, its size counted again.
    ///
    /// Why: ten lists of ten aliases to each other are quickly read, but stand for more values than fit in memory.
    private mutating func convert(_ node: Node, depth: Int) -> SourceValue? {
        guard mayHoldAliases, let mark = node.mark, node.isCollection else {
            return convertAnew(node, depth: depth)
        }
        let place = source.offset(of: mark)
        if let known = known[place] {
            nodeCount += known.nodeCount
            guard nodeCount <= Self.nodeLimit, depth + known.depth <= Self.depthLimit else {
                giveUp(at: source.location(of: mark))
                return nil
            }
            return known.value
        }
        let before = nodeCount
        let deepestBefore = deepest
        deepest = depth
        let value = convertAnew(node, depth: depth)
        if let value { known[place] = (value, nodeCount - before, deepest - depth) }
        deepest = max(deepest, deepestBefore)
        return value
    }

    private mutating func convertAnew(_ node: Node, depth: Int) -> SourceValue? {
        nodeCount += 1
        deepest = max(deepest, depth)
        let place = node.mark.map { source.location(of: $0) }
        guard nodeCount <= Self.nodeLimit, depth <= Self.depthLimit else {
            giveUp(at: place)
            return nil
        }
        checkTag(node, at: place)
        switch node {
        case .scalar(let scalar): return convert(scalar, at: place)
        case .sequence(let sequence):
            var elements: [SourceValue] = []
            for element in sequence where !hasGivenUp {
                if let value = convert(element, depth: depth + 1) { elements.append(value) }
            }
            return SourceValue(.list(elements), at: place)
        case .mapping(let mapping): return SourceValue(.mapping(members(of: mapping, depth: depth)), at: place)
        case .alias:
            problems.append(Diagnostic("an alias cannot stand here", at: place))
            return nil
        }
    }

    private mutating func giveUp(at place: SourceLocation?) {
        hasGivenUp = true
        let isDeep = nodeCount <= Self.nodeLimit
        let message =
            isDeep ? "too deep: more than \(Self.depthLimit) levels" : "too many values: more than \(Self.nodeLimit)"
        problems.append(Diagnostic(message, at: place, hint: "an alias counts as all that it stands for"))
    }

    private mutating func checkTag(_ node: Node, at place: SourceLocation?) {
        let tag =
            switch node {
            case .scalar(let scalar): scalar.tag
            case .sequence(let sequence): sequence.tag
            case .mapping(let mapping): mapping.tag
            case .alias(let alias): alias.tag
            }
        // Why not a set: nearly all tags are empty, and this is asked of every value.
        switch tag.rawValue {
        case "", Tag.Name.str.rawValue, Tag.Name.seq.rawValue, Tag.Name.map.rawValue: return
        case _: break
        }
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
        for (key, node) in mapping where !hasGivenUp {
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

extension Node {
    /// Whether it is a list or a mapping.
    fileprivate var isCollection: Bool {
        switch self {
        case .sequence, .mapping: true
        case .scalar, .alias: false
        }
    }
}
