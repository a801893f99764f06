import AWSClient
import MigrateCore

/// Answers of operations that there is no model of, as values that jq can look into.
enum AWSAnswer {
    /// JSON as it is; XML with lists (`member`, `item`) as lists and everything else as mappings of texts.
    ///
    /// Throws: `Problem` when it is neither.
    static func value(of body: [UInt8], operation: String) throws -> Value {
        guard !body.isEmpty else { return [:] }
        if body.first == UInt8(ascii: "<") {
            let root: XMLNode
            do {
                root = try XMLNode(parsing: body)
            } catch { throw Problem("`\(operation)` answered with XML that cannot be read: \(error.reason)") }
            return value(of: root["\(operation)Result"] ?? root)
        }
        do {
            return try Value(parsing: body)
        } catch { throw Problem("`\(operation)` answered with what is neither JSON nor XML") }
    }

    private static func value(of node: XMLNode) -> Value {
        guard !node.children.isEmpty else { return .string(node.text) }
        let names = Set(node.children.map(\.name))
        if names == ["member"] || names == ["item"] { return .array(node.children.map(value)) }
        var members: [String: Value] = [:]
        for child in node.children where child.name != "ResponseMetadata" {
            let next = value(of: child)
            switch members[child.name] {
            case nil: members[child.name] = next
            case .array(let earlier): members[child.name] = .array(earlier + [next])
            case .some(let first): members[child.name] = [first, next]
            }
        }
        return .object(members)
    }

    /// Member that asks for the page after `answer`, and its value; nil when it is the last.
    ///
    /// Source: the names of page tokens in botocore 1.43.11's paginators, read 2026-11-21.
    static func pageToken(_ answer: Value) -> (name: String, token: String)? {
        let names = [
            ("nextToken", "nextToken"), ("NextToken", "NextToken"), ("NextMarker", "Marker"), ("nextMarker", "marker"),
            ("Marker", "Marker"), ("marker", "marker"), ("PaginationToken", "PaginationToken"),
        ]
        for (found, asked) in names {
            guard let token = answer[found].string, !token.isEmpty else { continue }
            // EC2's answers begin with a small letter, its parameters with a capital.
            let isEC2 = !answer["requestId"].isNull
            return (isEC2 ? asked.prefix(1).uppercased() + asked.dropFirst() : asked, token)
        }
        return nil
    }

    /// The lists of both pages put together; of everything else what the later one says.
    static func joined(_ first: Value, _ second: Value) -> Value {
        guard case .object(let earlier) = first, case .object(let later) = second else { return second }
        var members = later
        for (name, value) in earlier {
            switch (value, later[name]) {
            case (.array(let one), .array(let other)?): members[name] = .array(one + other)
            case (.array, nil), (.array, .string("")?): members[name] = value
            default: break
            }
        }
        return .object(members)
    }
}
