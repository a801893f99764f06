import Synchronization
import Testing

@testable import Network

/// Questions to a name server over UDP and TCP.
@Suite(.timeLimit(.minutes(1)))
struct DNSClientTests {
    private typealias Kind = DNSWire.TypeNumber

    /// Asks a server that answers `reply` for www.example.com.
    private func ask(
        _ reply: DNSWire.Reply,
        _ type: DNSQuestion.RecordType = .a,
        name: String = "www.example.com"
    ) async throws -> DNSAnswer {
        let responder = try DNSResponder(reply)
        let client = try CAresDNSClient()
        return try await client.ask(DNSQuestion(name: name, type: type, server: responder.server))
    }

    private static let soa = DNSWire.record("example.com", Kind.soa, ttl: 300, DNSWire.soa(minimum: 60))
    private static let alias = DNSWire.record("www.example.com", Kind.cname, ttl: 30, DNSWire.name("lb.example.net"))

    @Test(
        arguments: [
            (.a, [192, 0, 2, 1], "192.0.2.1"), (.aaaa, [UInt8](repeating: 0, count: 15) + [1], "::1"),
            (.cname, DNSWire.name("lb.example.net"), "lb.example.net"),
            (.ns, DNSWire.name("ns1.example.com"), "ns1.example.com"),
            (.soa, DNSWire.soa(minimum: 60), "ns1.example.com admin.example.com 7 7200 900 1209600 60"),
            (.txt, [2] + Array("hi".utf8), #""hi""#),
        ] as [(DNSQuestion.RecordType, [UInt8], String)]
    )
    func everyTypeCanBeAskedFor(type: DNSQuestion.RecordType, data: [UInt8], text: String) async throws {
        let record = DNSWire.record("www.example.com", type.rawValue, ttl: 123, data)
        let expected = DNSRecord(name: "www.example.com", type: type.rawValue, ttl: 123, data: text)
        #expect(try await ask(DNSWire.Reply(answers: [record]), type) == .records([expected], isAuthoritative: true))
    }

    @Test func chainOfAliasesComesWithTheAddressAtItsEnd() async throws {
        let address = DNSWire.record("lb.example.net", Kind.a, [192, 0, 2, 9])
        let signature = DNSWire.record("lb.example.net", 46, [0])
        let reply = DNSWire.Reply(isAuthoritative: false, answers: [Self.alias, address, signature])
        guard case .records(let records, let isAuthoritative) = try await ask(reply) else {
            Issue.record("no records")
            return
        }
        #expect(records.map(\.data) == ["lb.example.net", "192.0.2.9"])
        #expect(!isAuthoritative)
    }

    @Test func aliasThatLeavesTheZoneIsAnAnswerOfRecords() async throws {
        guard case .records(let records, _) = try await ask(DNSWire.Reply(answers: [Self.alias])) else {
            Issue.record("no records")
            return
        }
        #expect(records.map(\.data) == ["lb.example.net"])
    }

    @Test func absencesAreToldApartWithTheTimeTheyMayBeCached() async throws {
        #expect(try await ask(DNSWire.Reply(code: 3, authorities: [Self.soa])) == .noName(negativeTTL: 60))
        #expect(try await ask(DNSWire.Reply(code: 3)) == .noName(negativeTTL: nil))
        #expect(try await ask(DNSWire.Reply(authorities: [Self.soa])) == .noData(negativeTTL: 60))
        #expect(try await ask(DNSWire.Reply()) == .noData(negativeTTL: nil))
        #expect(
            try await ask(DNSWire.Reply(answers: [Self.alias], authorities: [Self.soa])) == .noData(negativeTTL: 60)
        )
    }

    @Test(arguments: [1, 2, 4, 5, 9] as [UInt8])
    func serverThatWillNotOrCannotAnswerSaysSo(code: UInt8) async throws {
        #expect(try await ask(DNSWire.Reply(code: code)) == .refused(code: code))
    }

    @Test func referralIsNotAnAbsence() async throws {
        let referral = DNSWire.record("example.com", Kind.ns, DNSWire.name("ns1.example.com"))
        let reply = DNSWire.Reply(isAuthoritative: false, authorities: [referral])
        #expect(try await ask(reply) == .refused(code: 0))
        #expect(try await ask(reply, .ns) == .refused(code: 0))
        // The parent's name servers for the very name asked for.
        let expected = DNSRecord(name: "example.com", type: 2, ttl: 60, data: "ns1.example.com")
        #expect(try await ask(reply, .ns, name: "Example.com.") == .records([expected], isAuthoritative: false))
    }

    @Test func answerThatDidNotFitIsAskedForAgainOverTCP() async throws {
        let records = (0..<100).map { DNSWire.record("www.example.com", Kind.a, [192, 0, 2, UInt8($0)]) }
        let responder = try DNSResponder { query in
            let whole = DNSWire.Reply(answers: records)
            return DNSWire.bytes(query.isTCP ? whole : DNSWire.Reply(isTruncated: true), to: query.bytes)
        }
        let client = try CAresDNSClient()
        let answer = try await client.ask(DNSQuestion(name: "www.example.com", type: .a, server: responder.server))
        guard case .records(let read, _) = answer else {
            Issue.record("no records")
            return
        }
        #expect(read.count == 100)
        #expect(responder.received.map(\.isTCP) == [false, true])
    }

    @Test(arguments: [true, false])
    func recursionIsAskedForOnlyWhenWanted(isRecursive: Bool) async throws {
        let responder = try DNSResponder(DNSWire.Reply())
        var question = DNSQuestion(name: "www.example.com", type: .a, server: responder.server)
        question.isRecursive = isRecursive
        _ = try await CAresDNSClient().ask(question)
        #expect(responder.received.map(\.isRecursive) == [isRecursive])
    }

    @Test func questionOverTCPNeverUsesUDPAndUDPSaysHowMuchItTakes() async throws {
        let responder = try DNSResponder(DNSWire.Reply())
        let client = try CAresDNSClient()
        var question = DNSQuestion(name: "www.example.com", type: .a, server: responder.server)
        question.usesTCP = true
        _ = try await client.ask(question)
        question.usesTCP = false
        _ = try await client.ask(question)
        #expect(responder.received.map(\.isTCP) == [true, false])
        // The OPT record ends the message: root name, type 41, then the size as its class.
        let option = try #require(responder.received.last).bytes.suffix(11)
        #expect(Array(option.prefix(5)) == [0, 0, 41] + DNSWire.word(1232))
    }

    @Test(arguments: [1, 20, 60])
    func silenceEndsAtTheLimit(milliseconds: Int) async throws {
        let responder = try DNSResponder { _ in nil }
        let client = try CAresDNSClient()
        var question = DNSQuestion(name: "www.example.com", type: .a, server: responder.server)
        question.timeout = .milliseconds(milliseconds)
        await #expect(throws: DNSFailure.timedOut) { try await client.ask(question) }
    }

    @Test func lostDatagramIsSentAgain() async throws {
        let count = Mutex(0)
        let responder = try DNSResponder { query in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return number == 1 ? nil : DNSWire.bytes(DNSWire.Reply(), to: query.bytes)
        }
        let client = try CAresDNSClient()
        var question = DNSQuestion(name: "www.example.com", type: .a, server: responder.server)
        question.timeout = .milliseconds(700)
        #expect(try await client.ask(question) == .noData(negativeTTL: nil))
        #expect(responder.received.count >= 2)
    }

    @Test func closedPortIsRefused() async throws {
        let port = try ClosedPort()
        let client = try CAresDNSClient()
        await #expect(throws: DNSFailure.connectionRefused) {
            try await client.ask(DNSQuestion(name: "www.example.com", type: .a, server: "127.0.0.1:\(port.number)"))
        }
    }

    @Test func answerThatIsNoMessageIsMalformed() async throws {
        let responder = try DNSResponder { query in
            // Promises a record that is not there.
            var bytes = DNSWire.bytes(DNSWire.Reply(), to: query.bytes)
            bytes[7] = 1
            return bytes
        }
        let client = try CAresDNSClient()
        await #expect(throws: DNSFailure.malformed) {
            try await client.ask(DNSQuestion(name: "www.example.com", type: .a, server: responder.server))
        }
    }

    @Test func cancelledQuestionEndsAtOnce() async throws {
        let arrival = Arrival()
        let responder = try DNSResponder { _ in
            arrival.signal()
            return nil
        }
        let client = try CAresDNSClient()
        let task = Task {
            var question = DNSQuestion(name: "www.example.com", type: .a, server: responder.server)
            question.timeout = .seconds(600)
            return try await client.ask(question)
        }
        await arrival.wait()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func stoppedClientFailsWhatIsUnderWayAndWhatComesLater() async throws {
        let arrival = Arrival()
        let responder = try DNSResponder { _ in
            arrival.signal()
            return nil
        }
        let client = try CAresDNSClient()
        var question = DNSQuestion(name: "www.example.com", type: .a, server: responder.server)
        question.timeout = .seconds(600)
        let task = Task { [question] in try await client.ask(question) }
        await arrival.wait()
        client.stop()
        await #expect(throws: CAresDriver.stopped) { try await task.value }
        await #expect(throws: CAresDriver.stopped) { try await client.ask(question) }
    }

    @Test func manyQuestionsAtOnceGetEachTheirOwnAnswer() async throws {
        let responder = try DNSResponder { query in
            let number = UInt8(query.name.prefix { $0 != "." }) ?? 255
            let record = DNSWire.record(query.name, Kind.a, [192, 0, 2, number])
            return DNSWire.bytes(DNSWire.Reply(answers: [record]), to: query.bytes)
        }
        let client = try CAresDNSClient()
        let answers = try await withThrowingTaskGroup(of: (Int, DNSAnswer).self) { group in
            for number in 0..<100 {
                let question = DNSQuestion(name: "\(number).example.com", type: .a, server: responder.server)
                group.addTask { (number, try await client.ask(question)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 100)
        for (number, answer) in answers {
            let record = DNSRecord(name: "\(number).example.com", type: 1, ttl: 60, data: "192.0.2.\(number)")
            #expect(answer == .records([record], isAuthoritative: true))
        }
    }
}
