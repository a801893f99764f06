/// One element of an XML document.
public struct XMLNode: Sendable, Equatable {
    /// Name as written, prefix included.
    public var name: String
    /// Attributes by name as written.
    public var attributes: [String: String]
    /// Text directly inside it; empty when it has child elements.
    public var text: String
    /// Child elements, in order.
    public var children: [XMLNode]

    /// Makes an element.
    public init(name: String, attributes: [String: String] = [:], text: String = "", children: [XMLNode] = []) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// First child element called `name`.
    public subscript(_ name: String) -> XMLNode? {
        children.first { $0.name == name }
    }

    /// Child elements called `name`, in order.
    public func all(_ name: String) -> [XMLNode] {
        children.filter { $0.name == name }
    }
}

extension XMLNode {
    /// Reads an XML document; one with a DOCTYPE is refused.
    ///
    /// - Throws: `XMLFault` with the position when it is none.
    public init(parsing bytes: [UInt8]) throws(XMLFault) {
        self = try XMLParser.parse(bytes)
    }
}
