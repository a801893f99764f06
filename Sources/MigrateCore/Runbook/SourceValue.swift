/// A value that remembers where it was written.
public struct SourceValue: Sendable, Hashable {
    /// What it holds.
    public indirect enum Content: Sendable, Hashable {
        /// A scalar: null, boolean, number or text.
        case scalar(Value)
        /// A list.
        case list([SourceValue])
        /// A mapping, in the order written.
        case mapping([Member])
    }

    /// One member of a mapping.
    public struct Member: Sendable, Hashable {
        /// Name.
        public var name: String
        /// Where the name stands.
        public var nameLocation: SourceLocation
        /// Value.
        public var value: SourceValue

        /// Makes a member.
        public init(name: String, nameLocation: SourceLocation, value: SourceValue) {
            self.name = name
            self.nameLocation = nameLocation
            self.value = value
        }
    }

    /// What it holds.
    public var content: Content
    /// Where it begins; nil for values that come from no file.
    public var location: SourceLocation?
    /// How many characters it takes on its first line as written, at least 1.
    public var length: Int
    /// Where each `${` of a text stands, in the order of the text, `$${` counted too; empty when that is not known.
    public var references: [SourceLocation]

    /// Makes a value at a place.
    public init(
        _ content: Content,
        at location: SourceLocation?,
        length: Int = 1,
        references: [SourceLocation] = []
    ) {
        self.content = content
        self.location = location
        self.length = length
        self.references = references
    }

    /// Makes a value that comes from no file.
    public init(_ value: Value) {
        location = nil
        length = 1
        references = []
        content =
            switch value {
            case .array(let elements): .list(elements.map { SourceValue($0) })
            case .object(let members):
                .mapping(
                    members.sorted { $0.key < $1.key }.map {
                        Member(
                            name: $0.key,
                            nameLocation: SourceLocation(file: "", line: 0, column: 0),
                            value: SourceValue($0.value)
                        )
                    }
                )
            case .null, .bool, .integer, .number, .string: .scalar(value)
            }
    }

    /// The value without its places.
    public var value: Value {
        switch content {
        case .scalar(let value): value
        case .list(let elements): .array(elements.map(\.value))
        case .mapping(let members):
            .object(Dictionary(members.map { ($0.name, $0.value.value) }, uniquingKeysWith: { $1 }))
        }
    }

    /// Member `name` of a mapping.
    public subscript(_ name: String) -> SourceValue? {
        guard case .mapping(let members) = content else { return nil }
        return members.last { $0.name == name }?.value
    }
}
