import Network

extension AWSClient {
    /// Sends `call`, again where `RetryPolicy` allows it.
    ///
    /// - Throws: `AWSError`, or `CancellationError` when the task was cancelled.
    func send(_ call: Call) async throws -> Answer {
        var progress = Progress()
        while true {
            progress.attempts += 1
            var error: AWSError
            switch try await attempt(call, &progress) {
            case .success(let response):
                return Answer(
                    call: call,
                    response: response,
                    attempts: progress.attempts,
                    exchange: AWSExchange(call, url: progress.url, response: response)
                )
            case .failure(let failed):
                error = failed
            }
            let thisAttemptMayHaveApplied = error.mayHaveApplied
            // What an earlier attempt may have done, a later refusal does not undo.
            progress.mayHaveApplied = progress.mayHaveApplied || error.mayHaveApplied
            error.mayHaveApplied = progress.mayHaveApplied
            error.attempts = progress.attempts
            if try await isRepaired(error, &progress) { continue }
            guard
                let delay = RetryPolicy.delay(
                    after: FailureClass(error),
                    idempotency: call.idempotency,
                    attempt: progress.attempts,
                    mayHaveApplied: thisAttemptMayHaveApplied,
                    random: surroundings.random()
                )
            else { throw error }
            try await surroundings.sleep(max(delay, progress.retryAfter ?? .zero))
        }
    }

    /// What is known between attempts of one call.
    private struct Progress {
        var attempts = 0
        var url = ""
        var mayHaveApplied = false
        var dateHeader: String?
        var retryAfter: Duration?
        var usedCredentials: AWSCredentials?
        var correctedClock = false
        var renewedCredentials = false
    }

    /// One attempt; an error that `RetryPolicy` must judge is returned, not thrown.
    private func attempt(_ call: Call, _ progress: inout Progress) async throws -> Result<HTTPResponse, AWSError> {
        progress.dateHeader = nil
        progress.retryAfter = nil
        let request = try await request(for: call, &progress)
        progress.url = request.url
        do {
            let response = try await surroundings.http.send(request)
            progress.dateHeader = response.header("date")
            progress.retryAfter = response.header("retry-after").flatMap(Int.init)
                .map { min(.seconds(max($0, 0)), RetryPolicy.cap) }
            if var error = ErrorReader(call: call, response: response).error() {
                error.exchange = AWSExchange(call, url: request.url, response: response)
                return .failure(error)
            }
            return .success(response)
        } catch let failure as HTTPFailure {
            var error = AWSError(
                kind: .transport(failure.reason),
                service: call.service.id,
                operation: call.operation,
                message: "\(ErrorReader.oneLine(failure.message)) (\(endpoint(of: call.service).url))"
            )
            error.mayHaveApplied = failure.mayHaveSent && call.idempotency != .readOnly
            error.exchange = AWSExchange(call, url: request.url, response: nil)
            return .failure(error)
        }
    }

    /// `call` with address and signature.
    private func request(for call: Call, _ progress: inout Progress) async throws -> HTTPRequest {
        let endpoint = endpoint(of: call.service)
        var request = HTTPRequest(
            method: call.method,
            url: call.url(at: endpoint),
            headers: call.headers,
            body: call.body
        )
        request.headers.append(HTTPField("User-Agent", "migrate"))
        request.usesFreshConnection = call.idempotency == .once
        guard call.isSigned else { return request }
        do {
            let credentials = try await credentials.credentials()
            progress.usedCredentials = credentials
            let signer = RequestSigner(
                service: call.service.signingName,
                region: endpoint.signingRegion,
                rules: call.service.id == AWSService.s3.id ? .s3 : .standard
            )
            return signer.sign(
                request,
                credentials: credentials,
                at: surroundings.now().adding(clockSkew.offset)
            )
        } catch let fault as CredentialFault {
            var error = AWSError(
                kind: .credentials,
                service: call.service.id,
                operation: call.operation,
                message: fault.description
            )
            error.hint = fault.hint
            error.attempts = progress.attempts
            error.mayHaveApplied = progress.mayHaveApplied
            throw error
        }
    }

    /// Whether the refusal was about the clock or worn-out credentials and the reason is now mended.
    ///
    /// Both are definite refusals, so any call may be sent again; each is tried once a call.
    private func isRepaired(_ error: AWSError, _ progress: inout Progress) async throws -> Bool {
        guard error.kind == .refused, (400..<500).contains(error.status ?? 0) else { return false }
        if !progress.correctedClock,
            clockSkew.learn(code: error.code, dateHeader: progress.dateHeader, now: surroundings.now())
        {
            progress.correctedClock = true
            return true
        }
        let isExpired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"].contains(error.code)
        if isExpired, !progress.renewedCredentials, let used = progress.usedCredentials,
            let cache = credentials as? CredentialCache
        {
            progress.renewedCredentials = true
            return await cache.renew(insteadOf: used)
        }
        return false
    }
}
