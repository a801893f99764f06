/// Name of a phase, as written in the runbook.
public struct PhaseID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Text.
    public var rawValue: String
    /// Makes an id.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes an id.
    public init(_ text: String) { rawValue = text }
    /// Text.
    public var description: String { rawValue }
}

/// Name of a step in a plan.
///
/// Shape: `id`, `id[item]` for an item of a `for_each`, `id/part` for a part of a composite, `id[item]/part` for both.
/// Unique in a runbook, whatever the phase.
public struct StepID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Text.
    public var rawValue: String
    /// Makes an id.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes an id.
    public init(_ text: String) { rawValue = text }
    /// Text.
    public var description: String { rawValue }

    /// Id of the item `key` of this step's `for_each`.
    public func item(_ key: String) -> StepID { StepID("\(rawValue)[\(key)]") }

    /// Id of the part `name` of this composite step.
    public func part(_ name: String) -> StepID { StepID("\(rawValue)/\(name)") }

    /// Name of this part of `composite`: what `part(_:)` was given.
    public func name(within composite: StepID) -> String { String(rawValue.dropFirst(composite.rawValue.count + 1)) }

    /// Whether it is `other`, or the loop, item or composite that `other` is a step of.
    public func covers(_ other: StepID) -> Bool {
        guard other.rawValue.hasPrefix(rawValue) else { return false }
        let next = other.rawValue.utf8.dropFirst(rawValue.utf8.count).first
        return next == nil || next == UInt8(ascii: "[") || next == UInt8(ascii: "/")
    }

    /// Id as written in the runbook: without item and part.
    public var declared: String {
        let end = rawValue.utf8.firstIndex { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "/") }
        return end.map { String(rawValue[..<$0]) } ?? rawValue
    }
}
