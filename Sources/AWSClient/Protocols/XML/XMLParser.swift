import CExpat

/// Reads XML with expat into a tree.
///
/// Any DOCTYPE is refused, so there are no entities to expand and no files to fetch.
enum XMLParser {
    /// Deepest nesting taken; AWS's deepest answers stay under 15.
    static let depthLimit = 64
    /// Most elements taken; an EC2 page of 1,000 instances has about 100,000.
    static let nodeLimit = 400_000

    /// Tree of the document `bytes`.
    ///
    /// - Throws: `XMLFault` with the position when it is no well-formed document.
    static func parse(
        _ bytes: [UInt8],
        depthLimit: Int = depthLimit,
        nodeLimit: Int = nodeLimit
    ) throws(XMLFault) -> XMLNode {
        guard let parser = XML_ParserCreate("UTF-8") else {
            throw XMLFault(line: 0, column: 0, reason: "out of memory")
        }
        defer { XML_ParserFree(parser) }
        let builder = TreeBuilder(parser: parser, depthLimit: depthLimit, nodeLimit: nodeLimit)
        let status = withExtendedLifetime(builder) {
            attach(builder, to: parser)
            return bytes.withUnsafeBytes { buffer in
                XML_Parse(
                    parser,
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(buffer.count),
                    1
                )
            }
        }
        guard status == XML_STATUS_OK, let root = builder.root else {
            throw XMLFault(
                line: Int(XML_GetCurrentLineNumber(parser)),
                column: Int(XML_GetCurrentColumnNumber(parser)),
                reason: builder.refusal ?? String(cString: XML_ErrorString(XML_GetErrorCode(parser)))
            )
        }
        return root
    }

    private static func attach(_ builder: TreeBuilder, to parser: XML_Parser) {
        XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
        XML_SetElementHandler(
            parser,
            { user, name, attributes in TreeBuilder.from(user)?.open(name, attributes) },
            { user, _ in TreeBuilder.from(user)?.close() }
        )
        XML_SetCharacterDataHandler(parser) { user, bytes, count in
            TreeBuilder.from(user)?.add(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            TreeBuilder.from(user)?.refuse("a document type declaration, which is not allowed")
        }
    }
}

/// Tree under construction; expat calls it on the parsing thread alone.
private final class TreeBuilder {
    private let parser: XML_Parser
    private let depthLimit: Int
    private var nodesLeft: Int
    private var openElements: [XMLNode] = []
    private(set) var root: XMLNode?
    private(set) var refusal: String?

    init(parser: XML_Parser, depthLimit: Int, nodeLimit: Int) {
        self.parser = parser
        self.depthLimit = depthLimit
        nodesLeft = nodeLimit
    }

    static func from(_ user: UnsafeMutableRawPointer?) -> TreeBuilder? {
        user.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func refuse(_ reason: String) {
        refusal = refusal ?? reason
        XML_StopParser(parser, 0)
    }

    func open(_ name: UnsafePointer<XML_Char>?, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        nodesLeft -= 1
        if openElements.count >= depthLimit { return refuse("elements nested deeper than \(depthLimit)") }
        if nodesLeft < 0 { return refuse("more elements than are taken") }
        guard let name else { return }
        var node = XMLNode(name: String(cString: name))
        var index = 0
        while let key = attributes?[index], let value = attributes?[index + 1] {
            node.attributes[String(cString: key)] = String(cString: value)
            index += 2
        }
        openElements.append(node)
    }

    func add(_ bytes: UnsafeRawBufferPointer) {
        guard !openElements.isEmpty else { return }
        openElements[openElements.count - 1].text += String(decoding: bytes, as: UTF8.self)
    }

    func close() {
        guard refusal == nil, var node = openElements.popLast() else { return }
        // Text beside child elements is indentation.
        if !node.children.isEmpty { node.text = "" }
        if openElements.isEmpty { root = node } else { openElements[openElements.count - 1].children.append(node) }
    }
}
