import AWSClient
import MigrateCore
import Network

extension World {
    /// Makes an AWS call and records it: `subject` says which and on what, `ecr:DescribeRepositories lgtm/mimir`.
    ///
    /// Throws: `AWSError`, `CredentialFault`.
    func call<Answer>(
        _ subject: String,
        _ operation: () async throws -> AWSResponse<Answer>
    ) async throws -> Answer {
        let start = now()
        do {
            let response = try await operation()
            let tries = response.attempts > 1 ? ", \(response.attempts) attempts" : ""
            record(
                subject,
                "HTTP \(response.status)\(tries)",
                facts: response.exchange.facts(response.timings, attempts: response.attempts),
                requestIDs: response.requestID.isEmpty ? [] : [response.requestID],
                since: start
            )
            return response.value
        } catch {
            let failure = error as? AWSError
            record(
                subject,
                Problem(of: error).message,
                facts: failure?.facts ?? .null,
                requestIDs: [failure?.requestID, failure?.hostID].compactMap { $0 },
                since: start
            )
            throw error
        }
    }

    /// Sends `request` and records it.
    ///
    /// Throws: as `HTTPClient.send`.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let start = now()
        let subject = "\(request.method) \(request.url)"
        var request = request
        request.authoritiesFile = request.authoritiesFile.map(absolute)
        do {
            let response = try await http.send(request)
            let ids = ["x-amzn-requestid", "x-request-id"].compactMap { response.header($0) }
            record(
                subject,
                "\(response.status), \(response.body.count) bytes",
                facts: response.evidence(of: request),
                requestIDs: ids,
                since: start
            )
            return response
        } catch {
            record(subject, Problem(of: error).message, facts: ["sent": request.evidence], since: start)
            throw error
        }
    }

    /// Asks `question` and records it.
    ///
    /// Throws: as `DNSClient.ask`.
    func ask(_ question: DNSQuestion) async throws -> DNSAnswer {
        let start = now()
        let transport = question.usesTCP ? "TCP" : "UDP"
        let subject =
            "\(question.name) \(question.type) at \(question.server ?? "the system's resolver") over \(transport)"
        do {
            let answer = try await dns.ask(question)
            record(subject, answer.shortText, facts: answer.evidence, since: start)
            return answer
        } catch {
            record(subject, Problem(of: error).message, since: start)
            throw error
        }
    }

    /// Runs `command`, from the runbook's directory unless it says otherwise, and records it.
    ///
    /// The record holds program, arguments, how it ended and, unless `isSensitive`, the end of what it said.
    ///
    /// Throws: as `ProcessRunner.run`.
    func run(_ command: ProcessCommand, isSensitive: Bool = false) async throws -> ProcessResult {
        let start = now()
        let subject = ([command.program] + command.arguments).joined(separator: " ")
        do {
            let result = try await processes.run(located(command))
            let said: Value =
                isSensitive
                ? .null
                : ["output": .string(result.text.ending), "error_output": .string(result.errorText.ending)]
            record(subject, result.termination.text, facts: said, since: start)
            return result
        } catch {
            record(subject, Problem(of: error).message, since: start)
            throw error
        }
    }
}

extension World {
    /// `command` with its paths absolute.
    func located(_ command: ProcessCommand) -> ProcessCommand {
        var command = command
        command.directory = absolute(command.directory ?? ".")
        if command.program.contains("/") { command.program = absolute(command.program) }
        return command
    }
}

extension ProcessResult.Termination {
    /// How it ended, for people.
    var text: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .signaled(let signal): "ended by signal \(signal)"
        }
    }
}

extension DNSAnswer {
    /// Answer in one line.
    var shortText: String {
        switch self {
        case .records(let records, _):
            records.map { "\($0.data) (TTL \($0.ttl))" }.joined(separator: ", ")
        case .noData: "the name has no record of this type"
        case .noName: "no such name"
        case .refused(let code): "refused, response code \(code)"
        }
    }
}

extension String {
    /// The last 2,000 characters, where errors stand.
    var ending: String { count > 2000 ? "…" + String(suffix(2000)) : self }
}
