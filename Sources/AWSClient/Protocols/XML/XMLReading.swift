/// What an answer lacked, by the path of the member.
struct ShapeFault: Error, Equatable {
    /// Path of the member, such as `ListHostedZonesResult.HostedZone.Id`.
    var path: String
    /// What is wrong with it.
    var reason: String
}

/// A value that an XML element stands for.
protocol XMLDecodable: Sendable {
    /// Reads the element.
    ///
    /// - Throws: `ShapeFault` when a required member is missing or cannot be read.
    init(xml: XMLNode) throws
}

extension XMLNode {
    /// Text of the child `name`; nil when there is no such child.
    func text(_ name: String) -> String? {
        self[name]?.text
    }

    /// Text of the child `name`.
    ///
    /// - Throws: `ShapeFault` when there is no such child.
    func required(_ name: String) throws -> String {
        guard let child = self[name] else { throw ShapeFault(path: "\(self.name).\(name)", reason: "missing") }
        return child.text
    }

    /// Whole number in the child `name`; nil when there is no such child.
    ///
    /// - Throws: `ShapeFault` when it is no whole number.
    func integer(_ name: String) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text) else {
            throw ShapeFault(path: "\(self.name).\(name)", reason: "`\(text)` is not a whole number")
        }
        return value
    }

    /// Truth value in the child `name`; nil when there is no such child.
    ///
    /// - Throws: `ShapeFault` when it is neither `true` nor `false`.
    func boolean(_ name: String) throws -> Bool? {
        guard let text = text(name) else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default: throw ShapeFault(path: "\(self.name).\(name)", reason: "`\(text)` is neither true nor false")
        }
    }

    /// Whole number in the child `name`.
    ///
    /// - Throws: `ShapeFault` when there is no such child or it is no whole number.
    func requiredInteger(_ name: String) throws -> Int {
        guard let value = try integer(name) else {
            throw ShapeFault(path: "\(self.name).\(name)", reason: "missing")
        }
        return value
    }

    /// Truth value in the child `name`.
    ///
    /// - Throws: `ShapeFault` when there is no such child or it is no truth value.
    func requiredBoolean(_ name: String) throws -> Bool {
        guard let value = try boolean(name) else {
            throw ShapeFault(path: "\(self.name).\(name)", reason: "missing")
        }
        return value
    }

    /// Structure in the child `name`.
    ///
    /// - Throws: `ShapeFault` when there is no such child or it cannot be read.
    func requiredStructure<Value: XMLDecodable>(_ name: String, _: Value.Type = Value.self) throws -> Value {
        guard let value: Value = try structure(name) else {
            throw ShapeFault(path: "\(self.name).\(name)", reason: "missing")
        }
        return value
    }

    /// Moment in the child `name`; nil when there is no such child.
    ///
    /// - Throws: `ShapeFault` when it is no ISO 8601 moment.
    func timestamp(_ name: String) throws -> AWSTimestamp? {
        guard let text = text(name) else { return nil }
        guard let value = AWSTimestamp(iso8601: text) else {
            throw ShapeFault(path: "\(self.name).\(name)", reason: "`\(text)` is not a moment")
        }
        return value
    }

    /// Moment in the child `name`.
    ///
    /// - Throws: `ShapeFault` when there is no such child or it is no moment.
    func requiredTimestamp(_ name: String) throws -> AWSTimestamp {
        guard let value = try timestamp(name) else {
            throw ShapeFault(path: "\(self.name).\(name)", reason: "missing")
        }
        return value
    }

    /// Structure in the child `name`; nil when there is no such child.
    ///
    /// - Throws: `ShapeFault` when it cannot be read.
    func structure<Value: XMLDecodable>(_ name: String, _: Value.Type = Value.self) throws -> Value? {
        try self[name].map(Value.init(xml:))
    }

    /// Texts of the list `name`, whose entries are called `item`.
    func texts(_ name: String, _ item: String) -> [String] {
        self[name]?.all(item).map(\.text) ?? []
    }

    /// Structures of the list `name`, whose entries are called `item`.
    ///
    /// - Throws: `ShapeFault` when one cannot be read.
    func structures<Value: XMLDecodable>(
        _ name: String,
        _ item: String,
        _: Value.Type = Value.self
    ) throws -> [Value] {
        try self[name]?.all(item).map(Value.init(xml:)) ?? []
    }
}
