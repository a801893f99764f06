import Network

extension AWSClient {
    /// Calls any operation of a service that speaks JSON with targets, query or ec2, and returns the body as it came.
    ///
    /// `service` is the AWS CLI's name, such as `ecs` or `autoscaling`. `parameters` are the operation's members for
    /// JSON services; for query and ec2, there being no models here, their flat wire form, such as
    /// `{"Filter.1.Name": "vpc-id", "Filter.1.Value.1": "vpc-1"}`.
    ///
    /// Unless the caller knows that the answer holds no secrets, no excerpt of it is kept or shown.
    ///
    /// Effect: whatever `idempotency` says; the caller answers for it.
    /// - Throws: `AWSError`, of kind `configuration` for a service or parameters that cannot be sent;
    ///   `CancellationError` when the task was cancelled.
    public func call(
        service name: String,
        operation: String,
        parameters: JSONDocument,
        idempotency: Idempotency,
        returnsSecrets: Bool = true
    ) async throws -> AWSResponse<[UInt8]> {
        guard let service = AWSService.named(name) else {
            var error = AWSError(
                kind: .configuration,
                service: name,
                operation: operation,
                message: "`\(name)` is no service that takes JSON with targets, query or ec2 requests"
            )
            error.hint = "services with REST paths, such as s3, route53 or lambda, cannot be called this way"
            throw error
        }
        var call = Call(service, operation, idempotency)
        guard operation.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), !operation.isEmpty else {
            throw call.configurationError("`\(operation)` is not an operation's name")
        }
        call.isSensitive = returnsSecrets
        switch service.wire {
        case .json: call = try jsonCall(call, body: parameters.canonicalBytes)
        case .query, .ec2: call = try queryCall(call, try FlatParameters(parameters, of: call))
        case .restXML, .restJSON: throw call.configurationError("`\(name)` has REST paths")
        }
        let answer = try await send(call)
        return answer.evidence(answer.response.body)
    }
}

/// Parameters of a query or ec2 call in their flat wire form.
private struct FlatParameters: QueryEncodable {
    private var pairs: [(name: String, value: String)] = []

    /// Takes an object of texts, numbers and truth values.
    ///
    /// - Throws: `AWSError` of kind `configuration` for anything else.
    init(_ document: JSONDocument, of call: Call) throws {
        guard let members = document.object else {
            throw call.configurationError("parameters must be an object of names and values")
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .string(let text): pairs.append((name, text))
            case .integer(let number): pairs.append((name, String(number)))
            case .number(let number): pairs.append((name, String(number)))
            case .bool(let truth): pairs.append((name, String(truth)))
            case .null, .array, .object:
                var error = call.configurationError("parameter `\(name)` is not text, number or truth value")
                error.hint = "write lists and structures flat, such as `Filter.1.Name`"
                throw error
            }
        }
    }

    func encode(to form: inout QueryForm) {
        for pair in pairs { form.add(pair.name, pair.value) }
    }
}
