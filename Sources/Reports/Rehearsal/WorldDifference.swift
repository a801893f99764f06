import MigrateCore

/// One difference between two worlds, each a tree of declared attributes.
public struct WorldDifference: Sendable, Hashable {
    /// Names from the root to the attribute: `iam.roles`, `lgtm-task`, `policies`.
    public var path: [String]
    /// Value before; nil when it was not there.
    public var before: Value?
    /// Value after; nil when it is gone.
    public var after: Value?

    /// Makes a difference.
    public init(path: [String], before: Value?, after: Value?) {
        self.path = path
        self.before = before
        self.after = after
    }

    /// Differences from `one` to `other`, by path.
    public static func all(from one: Value, to other: Value) -> [WorldDifference] {
        differences(one, other, at: [])
    }

    private static func differences(_ one: Value, _ other: Value, at path: [String]) -> [WorldDifference] {
        guard case .object(let before) = one, case .object(let after) = other else {
            return one == other ? [] : [WorldDifference(path: path, before: one, after: other)]
        }
        return Set(before.keys).union(after.keys).sorted().flatMap { name -> [WorldDifference] in
            let place = path + [name]
            guard let old = before[name], let new = after[name] else {
                return [WorldDifference(path: place, before: before[name], after: after[name])]
            }
            return differences(old, new, at: place)
        }
    }

    /// One line for people.
    public var text: String {
        let place = path.joined(separator: "/")
        return switch (before, after) {
        case (nil, _): "\(place): appeared"
        case (_, nil): "\(place): gone"
        case (let old?, let new?): "\(place): \(old.text) became \(new.text)"
        }
    }

    /// Whether it is about something that carries one of `names`, as what a run keeps on purpose does.
    ///
    /// Why only what appeared: keeping a thing excuses that it is there, and nothing else.
    public func isExcused(by names: Set<String>) -> Bool {
        guard before == nil else { return false }
        return path.contains { part in names.contains { part == $0 || $0.hasSuffix("//\(part)") } }
    }
}

extension RunState {
    /// Names by which the world may know what this run keeps on purpose: the texts that its changes were made from.
    public var keptNames: Set<String> {
        var names: Set<String> = []
        for record in records where record.state == .kept {
            if let change = record.owned?.change { Self.collect(change.parameters, into: &names) }
        }
        return names
    }

    private static func collect(_ value: Value, into names: inout Set<String>) {
        switch value {
        case .string(let text): names.insert(text)
        case .array(let elements): for element in elements { collect(element, into: &names) }
        case .object(let members): for member in members.values { collect(member, into: &names) }
        case .null, .bool, .integer, .number: break
        }
    }
}
