/// Body of a query or ec2 request: `Action=…&Version=…&Name=Value`.
struct QueryForm {
    /// How lists are numbered.
    enum ListStyle {
        /// `Name.member.1`, the query protocol's default.
        case member
        /// `Name.1`, ec2's and flattened lists.
        case flat
    }

    private(set) var pairs: [(name: String, value: String)]
    private var secretNames: Set<String> = []
    private let prefix: String
    private let listStyle: ListStyle

    /// Starts the form of one call.
    init(action: String, version: String, listStyle: ListStyle) {
        pairs = [("Action", action), ("Version", version)]
        prefix = ""
        self.listStyle = listStyle
    }

    private init(prefix: String, listStyle: ListStyle) {
        pairs = []
        self.prefix = prefix
        self.listStyle = listStyle
    }

    /// Percent-encoded body.
    var bytes: [UInt8] { Array(PercentEncoding.query(pairs).utf8) }

    /// Body for evidence, secrets taken out; nil when it has none.
    var shownBytes: [UInt8]? {
        guard !secretNames.isEmpty else { return nil }
        let shown = pairs.map { ($0.name, secretNames.contains($0.name) ? Secret($0.value).description : $0.value) }
        return Array(PercentEncoding.query(shown).utf8)
    }

    /// Adds text that must not be shown; nothing when it is nil.
    mutating func add(_ name: String, _ value: Secret?) {
        guard let value else { return }
        pairs.append((prefix + name, value.exposed))
        secretNames.insert(prefix + name)
    }

    /// Adds text; nothing when it is nil.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        pairs.append((prefix + name, value))
    }

    /// Adds a whole number; nothing when it is nil.
    mutating func add(_ name: String, _ value: Int?) {
        add(name, value.map(String.init))
    }

    /// Adds a truth value; nothing when it is nil.
    mutating func add(_ name: String, _ value: Bool?) {
        add(name, value.map(String.init))
    }

    /// Adds a moment; nothing when it is nil.
    mutating func add(_ name: String, _ value: AWSTimestamp?) {
        add(name, value?.description)
    }

    /// Adds a list of texts, numbered from 1; an empty list adds nothing.
    mutating func add(_ name: String, _ values: [String]?) {
        for (index, value) in (values ?? []).enumerated() { add(entry(name, index), value) }
    }

    /// Adds a structure, its members under `name.`.
    mutating func add<Value: QueryEncodable>(_ name: String, _ value: Value?) {
        guard let value else { return }
        var inner = QueryForm(prefix: "\(prefix)\(name).", listStyle: listStyle)
        value.encode(to: &inner)
        pairs += inner.pairs
        secretNames.formUnion(inner.secretNames)
    }

    /// Adds a list of structures, numbered from 1.
    mutating func add<Value: QueryEncodable>(_ name: String, _ values: [Value]?) {
        for (index, value) in (values ?? []).enumerated() { add(entry(name, index), value) }
    }

    private func entry(_ name: String, _ index: Int) -> String {
        switch listStyle {
        case .member: "\(name).member.\(index + 1)"
        case .flat: "\(name).\(index + 1)"
        }
    }
}

/// A structure that can be written into a query form.
protocol QueryEncodable: Sendable {
    /// Adds its members to `form`.
    func encode(to form: inout QueryForm)
}
