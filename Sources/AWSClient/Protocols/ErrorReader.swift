import Network

/// Reads a service's error out of its answer.
struct ErrorReader {
    /// Most characters of a foreign body that are shown.
    static let excerptLength = 200

    var call: Call
    var response: HTTPResponse

    /// The error that the answer stands for; nil when its status is a success.
    func error() -> AWSError? {
        if (200..<300).contains(response.status) { return nil }
        if response.body.isEmpty, let code = ErrorReader.codesWithoutBody[response.status], call.method == "HEAD" {
            return refusal(code: code, message: "HTTP \(response.status)")
        }
        switch call.service.wire {
        case .json, .restJSON:
            return jsonError() ?? unreadable("the answer is not an error in \(call.service.id)'s JSON")
        case .query, .ec2, .restXML:
            return xmlError() ?? unreadable("the answer is not an error in \(call.service.id)'s XML")
        }
    }

    /// An error for an answer of another form than the service's.
    func unreadable(_ reason: String) -> AWSError {
        let message = "\(reason): \(excerpt)"
        var error = filled(
            AWSError(kind: .unreadable, service: call.service.id, operation: call.operation, message: message)
        )
        let isDefiniteRefusal = (300..<500).contains(response.status) || response.status == 501
        error.mayHaveApplied = call.idempotency != .readOnly && !isDefiniteRefusal
        if response.status >= 300 {
            error.hint = "a proxy, or an endpoint that is not AWS's, may have answered"
        }
        return error
    }

    private func refusal(code: String, message: String) -> AWSError {
        var error = filled(
            AWSError(
                kind: .refused,
                service: call.service.id,
                operation: call.operation,
                code: code,
                message: ErrorReader.oneLine(message)
            )
        )
        let isThrottled = FailureClass(error) == .throttled
        error.mayHaveApplied = call.idempotency != .readOnly && response.status >= 500 && !isThrottled
        return error
    }

    private func filled(_ error: AWSError) -> AWSError {
        var error = error
        error.status = response.status
        error.requestID = Answer.requestID(response)
        error.hostID = response.header("x-amz-id-2")
        error.timings = response.timings
        if let region = response.header("x-amz-bucket-region"), response.status == 301 {
            error.hint = "the bucket is in `\(region)`"
        }
        return error
    }

    /// First characters of the body on one line, or what there is instead.
    private var excerpt: String {
        if response.body.isEmpty { return "the body is empty" }
        if call.isSensitive, (200..<300).contains(response.status) {
            return "\(response.body.count) bytes, not shown as they may hold secrets"
        }
        let line = ErrorReader.oneLine(String(decoding: response.body.prefix(4096), as: UTF8.self))
        let shown = line.prefix(ErrorReader.excerptLength)
        return "`\(shown)`" + (shown.count < line.count || response.body.count > 4096 ? "…" : "")
    }

    /// `text` with all white space and control characters made single spaces.
    static func oneLine(_ text: String) -> String {
        text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } }
            .joined(separator: " ")
    }

    /// Names of what HEAD answers without a body.
    private static let codesWithoutBody = [
        301: "PermanentRedirect", 400: "BadRequest", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed",
        412: "PreconditionFailed", 429: "TooManyRequestsException", 500: "InternalError", 503: "ServiceUnavailable",
    ]
}

extension ErrorReader {
    /// Error of json, rest-json and the token services.
    private func jsonError() -> AWSError? {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: response.body)
        } catch {
            // Some services answer with the header alone.
            guard response.body.isEmpty, let named = response.header("x-amzn-errortype") else { return nil }
            return refusal(code: ErrorReader.bareCode(named), message: "")
        }
        let named =
            response.header("x-amzn-errortype") ?? document["__type"]?.string ?? document["code"]?.string
            ?? document["Code"]?.string ?? document["error"]?.string
        guard let named, !named.isEmpty else { return nil }
        let message =
            document["message"]?.string ?? document["Message"]?.string ?? document["errorMessage"]?.string
            ?? document["error_description"]?.string
        return refusal(code: ErrorReader.bareCode(named), message: message ?? "")
    }

    /// `Code` of `namespace#Code:https://…`.
    static func bareCode(_ named: String) -> String {
        let withoutAddress = named.prefix { $0 != ":" }
        return String(withoutAddress.split(separator: "#").last ?? withoutAddress)
    }

    /// Error of query, ec2, rest-xml and S3.
    private func xmlError() -> AWSError? {
        let root: XMLNode
        do {
            root = try XMLParser.parse(response.body)
        } catch {
            return nil
        }
        guard var error = xmlRefusal(root) else { return nil }
        let bodyID = root.text("RequestId") ?? root.text("RequestID")
        error.requestID = error.requestID ?? bodyID
        error.hostID = error.hostID ?? root.text("HostId")
        return error
    }

    private func xmlRefusal(_ root: XMLNode) -> AWSError? {
        // Route 53's refusal of a batch is a document of its own, with one message a fault.
        if root.name == "InvalidChangeBatch" {
            let messages = root.texts("Messages", "Message") + root.all("Message").map(\.text)
            return refusal(code: root.name, message: messages.joined(separator: "; "))
        }
        let node = root.name == "Error" ? root : root["Error"] ?? root["Errors"]?["Error"]
        guard let node, let code = node.text("Code"), !code.isEmpty else { return nil }
        return refusal(code: code, message: node.text("Message") ?? node.text("message") ?? "")
    }
}
