import Network
import Synchronization
import Testing

/// Answers DNS questions from a table and refuses every other; what was asked is kept.
final class ScriptedDNS: DNSClient {
    private let answers: [String: Result<DNSAnswer, DNSFailure>]
    private let asked = Mutex<[DNSQuestion]>([])

    /// Keys are `name type server`, the server `system` for nil.
    init(_ answers: [String: Result<DNSAnswer, DNSFailure>] = [:]) { self.answers = answers }

    func ask(_ question: DNSQuestion) async throws -> DNSAnswer {
        asked.withLock { $0.append(question) }
        let key = "\(question.name) \(question.type) \(question.server ?? "system")"
        guard let answer = answers[key] else {
            Issue.record("unexpected question `\(key)`")
            throw DNSFailure.timedOut
        }
        return try answer.get()
    }

    /// Questions so far.
    var questions: [DNSQuestion] { asked.withLock { $0 } }
}

extension DNSAnswer {
    /// Authoritative answer of address records.
    static func addresses(_ addresses: [String], ttl: UInt32 = 60) -> DNSAnswer {
        .records(
            addresses.map { DNSRecord(name: "", type: $0.contains(":") ? 28 : 1, ttl: ttl, data: $0) },
            isAuthoritative: true
        )
    }
}
