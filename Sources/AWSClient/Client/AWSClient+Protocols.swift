import FoundationEssentials
import Network

extension AWSClient {
    /// Calls an operation of a json service.
    func json<Input: Encodable & Sendable, Output: Decodable & Sendable>(
        _ call: Call,
        _ input: Input,
        _: Output.Type = Output.self
    ) async throws -> AWSResponse<Output> {
        let answer = try await send(try jsonCall(call, input))
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Calls an operation of a json service whose answer holds nothing that is read.
    func json<Input: Encodable & Sendable>(_ call: Call, _ input: Input) async throws -> AWSResponse<NoOutput> {
        let answer = try await send(try jsonCall(call, input))
        return answer.evidence(NoOutput())
    }

    private func jsonCall<Input: Encodable>(_ call: Call, _ input: Input) throws -> Call {
        var call = try jsonCall(call, body: JSONWire.encode(input, for: call))
        call.shownBody = try JSONWire.encode(input, for: call, hidingSecrets: true)
        return call
    }

    /// `call` as a json service wants it.
    func jsonCall(_ call: Call, body: [UInt8]) throws -> Call {
        guard case .json(let version, let targetPrefix) = call.service.wire else {
            throw call.configurationError("\(call.service.id) does not speak JSON with targets")
        }
        var call = call
        call.headers += [
            HTTPField("Content-Type", "application/x-amz-json-\(version)"),
            HTTPField("X-Amz-Target", "\(targetPrefix).\(call.operation)"),
        ]
        call.body = body
        return call
    }

    /// Calls an operation of a query or ec2 service.
    func query<Input: QueryEncodable, Output: XMLDecodable>(
        _ call: Call,
        _ input: Input,
        _: Output.Type = Output.self
    ) async throws -> AWSResponse<Output> {
        let answer = try await send(try queryCall(call, input))
        let root = try answer.xml()
        // The query protocol wraps what it returns; ec2 does not.
        let node = root["\(call.operation)Result"] ?? root
        let bodyID = root["ResponseMetadata"]?.text("RequestId") ?? root.text("requestId")
        return answer.evidence(try answer.read(node), requestID: bodyID)
    }

    /// Calls an operation of a query or ec2 service whose answer holds nothing that is read.
    func query<Input: QueryEncodable>(_ call: Call, _ input: Input) async throws -> AWSResponse<NoOutput> {
        try await query(call, input, NoOutput.self)
    }

    /// `call` with `input` as its form.
    func queryCall<Input: QueryEncodable>(_ call: Call, _ input: Input) throws -> Call {
        var form: QueryForm
        switch call.service.wire {
        case .query(let version): form = QueryForm(action: call.operation, version: version, listStyle: .member)
        case .ec2(let version): form = QueryForm(action: call.operation, version: version, listStyle: .flat)
        case .json, .restXML, .restJSON:
            throw call.configurationError("\(call.service.id) does not take form bodies")
        }
        input.encode(to: &form)
        var call = call
        call.headers.append(HTTPField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))
        call.body = form.bytes
        call.shownBody = form.shownBytes
        return call
    }
}

/// What an operation returns that returns nothing.
public struct NoOutput: Sendable, Equatable {
    /// Makes the nothing.
    public init() {}
}

extension NoOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        self.init()
    }
}

extension Call {
    /// An error about the call itself, found before anything was sent.
    func configurationError(_ message: String) -> AWSError {
        AWSError(kind: .configuration, service: service.id, operation: operation, message: message)
    }
}

extension Answer {
    /// The body as XML.
    ///
    /// - Throws: `AWSError` of kind `unreadable` when it is none.
    func xml() throws -> XMLNode {
        do {
            return try XMLParser.parse(response.body)
        } catch {
            throw unreadable("the answer is no XML (\(error.reason) at \(error.line):\(error.column))")
        }
    }

    /// The value that `node` stands for.
    ///
    /// - Throws: `AWSError` of kind `unreadable` when a member is missing or wrong.
    func read<Output: XMLDecodable>(_ node: XMLNode) throws -> Output {
        do {
            return try Output(xml: node)
        } catch let fault as ShapeFault {
            throw unreadable("`\(fault.path)` is \(fault.reason)")
        }
    }
}

extension Answer {
    /// The body as JSON of any shape.
    ///
    /// - Throws: `AWSError` of kind `unreadable` when it is none.
    func document() throws -> JSONDocument {
        do {
            return try JSONDocument(parsing: response.body)
        } catch {
            throw unreadable("the answer is no JSON (\(error.reason) at byte \(error.offset))")
        }
    }
}
