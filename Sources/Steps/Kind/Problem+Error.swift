import AWSClient
import MigrateCore
import Network

extension Problem {
    /// What `error`, thrown by a tool or a kind, means to an operator.
    init(of error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self = refusal.problem
        case let failure as ParameterError: self = failure.problem
        case let failure as AWSError: self.init(failure.description, hint: failure.advice)
        case let failure as CredentialFault: self.init("\(failure)")
        case let failure as HTTPFailure: self.init(failure.message, hint: failure.reason.hint)
        case let failure as DNSFailure: self.init(failure.words)
        case let failure as TCPFailure: self.init(failure.words)
        case let failure as ProcessFailure: self = failure.problem
        case let loss as ProgramLoss: self = loss.problem
        case is ProgramNotRecorded: self.init("the program was not let go: the run no longer asks for it")
        case let failure as FileFailure: self.init("cannot use file `\(failure.path)`: \(failure.reason)")
        case let failure as ExpressionFailure: self.init(failure.words)
        case is CancellationError: self.init("canceled before an answer came")
        case let failure as CaptureFailure: self = failure.problem
        default: self.init("\(error)")
        }
    }
}

extension HTTPFailure.Reason {
    /// What to do about it.
    var hint: String? {
        switch self {
        case .certificate: "check the chain and the name, or give `ca_file`"
        case .unresolved: "check the host name, or give `connect_to`"
        case .refused: "check that the service listens and that the security group lets this host in"
        case .badURL, .timedOut, .tls, .tooLarge, .connectionLost, .other: nil
        }
    }
}

extension DNSFailure {
    /// In words.
    var words: String {
        switch self {
        case .timedOut: "no answer from the name server in time"
        case .connectionRefused: "the name server's port is closed"
        case .malformed: "what the name server sent is not a DNS message"
        case .badServer(let text): "`\(text)` is not the address of a name server"
        case .other(let code): "the DNS library gave up with status \(code)"
        }
    }
}

extension TCPFailure {
    /// In words.
    var words: String {
        switch self {
        case .unresolved: "the host name does not resolve"
        case .refused: "the port is closed"
        case .timedOut: "no connection in time"
        case .other(let text): text
        }
    }
}

extension ProcessFailure {
    /// In words.
    var problem: Problem {
        switch self {
        case .notFound(let program):
            Problem("program `\(program)` is not on this machine", hint: "install it, or put it on PATH")
        case .notStarted(let program, let reason): Problem("program `\(program)` could not be started: \(reason)")
        case .timedOut(let program, let limit, let said):
            Problem("program `\(program)` did not end within \(limit.shortText): \(said.lastLine)")
        }
    }
}

extension ProgramLoss {
    /// In words.
    var problem: Problem {
        switch self {
        case .neverBegan: Problem("the program was started and never let go: it did nothing")
        case .gone(let program):
            Problem(
                "program `\(program.name)` (process \(program.process)) is gone and left no word of how it ended",
                hint: "it was killed, or the machine went down"
            )
        case .outOfSight(let program):
            Problem(
                "program `\(program.name)` (process \(program.process)) was started on \(program.host), which cannot be "
                    + "seen from here",
                hint: "go on from \(program.host)"
            )
        }
    }
}

extension ExpressionFailure {
    /// In words.
    var words: String {
        switch self {
        case .notCompiled(let text): "not a jq expression: \(text)"
        case .raised(let text): "jq: \(text)"
        case .timedOut: "the jq expression did not end in time"
        case .severalResults: "the jq expression gave more than one result"
        case .tooLarge(let limit): "the jq expression took or gave more than \(limit) bytes"
        }
    }
}

extension String {
    /// The last line that says something.
    var lastLine: String {
        let said = split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return said.map(String.init) ?? ""
    }
}
