import AWSClient
import MigrateCore
import Network

/// What pieces of evidence hold of the exchange that they are about.
enum ExchangeEvidence {
    /// Most bytes of a body that are kept with one piece of evidence.
    static let bodyLimit = 4 << 10

    /// A body as a value: JSON and forms taken apart, everything else as text; its beginning where it is long.
    static func body(_ text: String) -> Value {
        guard !text.isEmpty else { return .null }
        if text.hasPrefix("Action=") { return form(text) }
        if text.hasPrefix("{") || text.hasPrefix("[") {
            do {
                return try Value(parsing: text).cut(to: bodyLimit)
            } catch { return Value.string(text).cut(to: bodyLimit) }
        }
        return Value.string(text).cut(to: bodyLimit)
    }

    private static func form(_ text: String) -> Value {
        var members: [String: Value] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? PolicyDocument.percentDecoded(String(parts[1])) : ""
            members[PolicyDocument.percentDecoded(String(parts[0]))] = .string(value)
        }
        return Value.object(members).cut(to: bodyLimit)
    }

    /// A header field's value, unless the field is one that lets somebody in.
    static func field(_ field: HTTPField) -> Value {
        let name = field.name.lowercased()
        let isKey = ["authorization", "cookie", "token", "secret", "api-key", "apikey", "password"]
            .contains { name.contains($0) }
        return .string(isKey ? Redactor.mark : field.value)
    }

    /// Fields by name.
    static func fields(_ fields: [HTTPField]) -> Value {
        .object(Dictionary(fields.map { ($0.name.lowercased(), field($0)) }, uniquingKeysWith: { $1 }))
    }
}

extension AWSExchange {
    /// Address, both bodies, and how long each stage of the last attempt took.
    func facts(_ timings: HTTPTimings, attempts: Int) -> Value {
        [
            "address": .string(address), "sent": ExchangeEvidence.body(sent),
            "received": ExchangeEvidence.body(received), "attempts": .integer(Int64(attempts)),
            "timings": timings.facts,
        ]
    }
}

extension AWSError {
    /// As `AWSExchange.facts`, with the error's code; `null` when nothing could be sent.
    var facts: Value {
        guard let exchange, case .object(var members) = exchange.facts(timings, attempts: attempts) else {
            return .null
        }
        members["code"] = .string(code)
        members["may_have_applied"] = .bool(mayHaveApplied)
        return .object(members)
    }
}

extension HTTPTimings {
    /// Milliseconds from the start of the request to the end of each stage.
    var facts: Value {
        [
            "name_ms": .integer(nameLookup.inMilliseconds), "connect_ms": .integer(connect.inMilliseconds),
            "tls_ms": .integer(tls.inMilliseconds), "first_byte_ms": .integer(firstByte.inMilliseconds),
            "total_ms": .integer(total.inMilliseconds),
        ]
    }
}

extension HTTPRequest {
    /// The request, keys taken out of its fields, its body cut.
    var evidence: Value {
        var members: [String: Value] = ["method": .string(method), "url": .string(url)]
        if !headers.isEmpty { members["headers"] = ExchangeEvidence.fields(headers) }
        if let body { members["body"] = ExchangeEvidence.body(String(decoding: body, as: UTF8.self)) }
        if let connectTo { members["connect_to"] = .string("\(connectTo.host):\(connectTo.port)") }
        return .object(members)
    }
}

extension HTTPResponse {
    /// The exchange: request, answer with its body cut, and stages.
    func evidence(of request: HTTPRequest) -> Value {
        let received: [String: Value] = [
            "status": .integer(Int64(status)), "headers": ExchangeEvidence.fields(headers),
            "body": ExchangeEvidence.body(String(decoding: body.prefix(16 << 10), as: UTF8.self)),
            "from": .string(remoteAddress),
        ]
        return ["sent": request.evidence, "received": .object(received), "timings": timings.facts]
    }
}

extension DNSAnswer {
    /// The answer, record by record.
    var evidence: Value {
        switch self {
        case .records(let records, let isAuthoritative):
            let found = records.map { record -> Value in
                [
                    "name": .string(record.name), "type": .integer(Int64(record.type)),
                    "ttl": .integer(Int64(record.ttl)), "data": .string(record.data),
                ]
            }
            return ["records": .array(found), "authoritative": .bool(isAuthoritative)]
        case .noData: return ["answer": "no record of this type"]
        case .noName: return ["answer": "no such name"]
        case .refused(let code): return ["answer": "refused", "code": .integer(Int64(code))]
        }
    }
}
