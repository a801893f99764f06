import Testing

@testable import Network

/// Bytes of name servers, honest and not.
struct DNSMessageTests {
    private typealias Kind = DNSWire.TypeNumber

    /// A query for example.com A, which `DNSWire.bytes` answers.
    private static let query: [UInt8] =
        [0x12, 0x34, 0x01, 0, 0, 1, 0, 0, 0, 0, 0, 0] + DNSWire.name("example.com") + [0, 1, 0, 1]
    /// Where the question's name stands in every answer.
    private static let pointer: [UInt8] = [0xC0, 12]

    private static func message(_ reply: DNSWire.Reply) -> [UInt8] { DNSWire.bytes(reply, to: query) }

    /// An answer with one record, whose owner is `owner` in bytes.
    private static func message(owner: [UInt8], type: UInt16 = Kind.a, data: [UInt8] = [192, 0, 2, 1]) -> [UInt8] {
        let record = owner + DNSWire.word(Int(type)) + [0, 1] + [0, 0, 0, 60] + DNSWire.word(data.count) + data
        return message(DNSWire.Reply(answers: [record]))
    }

    private static let everyType: [UInt8] = message(
        DNSWire.Reply(
            answers: [
                DNSWire.record("example.com", Kind.a, [192, 0, 2, 1]),
                DNSWire.record(
                    "example.com",
                    Kind.aaaa,
                    [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
                ),
                DNSWire.record("www.example.com", Kind.cname, pointer),
                DNSWire.record("example.com", Kind.ns, DNSWire.name("ns1").dropLast() + pointer),
                DNSWire.record("example.com", Kind.txt, [3] + Array("a\"b".utf8) + [2, 0x07, 0x5C] + [0]),
                DNSWire.record("example.com", 99, [0, 0x0A]),
                DNSWire.record("example.com", Kind.caa, [128, 5] + Array("issueletsencrypt.org; a=\"b".utf8)),
            ],
            authorities: [DNSWire.record("example.com", Kind.soa, ttl: 300, DNSWire.soa(minimum: 60))]
        )
    )

    @Test func everyTypeIsReadInPresentationForm() throws {
        let message = try DNSMessage(bytes: Self.everyType)
        #expect(message.code == 0)
        #expect(message.isAuthoritative)
        #expect(!message.isTruncated)
        #expect(
            message.answers.map(\.data) == [
                "192.0.2.1", "2001:db8::1", "example.com", "ns1.example.com", #""a\"b" "\007\\" """#, ##"\# 2 000a"##,
                ##"128 issue "letsencrypt.org; a=\"b""##,
            ]
        )
        #expect(message.answers.map(\.type) == [1, 28, 5, 2, 16, 99, 257])
        #expect(message.answers.map(\.name).filter { $0 == "www.example.com" }.count == 1)
        #expect(message.answers.allSatisfy { $0.ttl == 60 })
        let soa = "ns1.example.com admin.example.com 7 7200 900 1209600 60"
        #expect(message.authorities == [DNSRecord(name: "example.com", type: 6, ttl: 300, data: soa)])
    }

    @Test(arguments: [(300, 60, 60), (30, 900, 30)])
    func negativeTTLIsTheSmallerOfTheTwo(ttl: Int, minimum: Int, expected: UInt32) throws {
        let soa = DNSWire.record("example.com", Kind.soa, ttl: ttl, DNSWire.soa(minimum: minimum))
        let message = try DNSMessage(bytes: Self.message(DNSWire.Reply(code: 3, authorities: [soa])))
        #expect(message.negativeTTL == expected)
    }

    /// A promise about any input: it parses or throws, and never traps or runs on.
    @Test func anyPrefixOfAMessageIsMalformed() {
        for count in 0..<Self.everyType.count {
            #expect(throws: DNSMessageReader.Malformed.self) { try DNSMessage(bytes: Array(Self.everyType[..<count])) }
        }
    }

    @Test func anyChangedByteParsesOrThrows() {
        for index in Self.everyType.indices {
            for value: UInt8 in [0, 1, 12, 63, 64, 0x7F, 0x80, 0xC0, 0xFF] {
                var bytes = Self.everyType
                bytes[index] = value
                // Only that it returns is asked for; many changes leave a message whole.
                _ = Result { try DNSMessage(bytes: bytes) }
            }
        }
    }

    @Test(
        arguments: [
            ("pointer to itself", [0xC0, 29]), ("pointer to what follows", [0xC0, 40]),
            ("pointer past the end", [0xFF, 0xFF]), ("pointer cut off", [0xC0]),
            ("two pointers at each other", [0xC0, 31, 0xC0, 29]), ("reserved label kind", [0x40, 0]),
            ("label past the end", [63, 1]),
        ] as [(String, [UInt8])]
    )
    func hostileNameIsMalformed(what: String, owner: [UInt8]) {
        // The first record's name stands at 12 + 13 + 4.
        #expect(throws: DNSMessageReader.Malformed.self, "\(what)") {
            try DNSMessage(bytes: Self.message(owner: owner))
        }
    }

    @Test func nameLongerThan255BytesIsMalformed() throws {
        let label = [UInt8(63)] + [UInt8](repeating: 0x61, count: 63)
        let tooLong = Array([label, label, label, label].joined()) + [0]
        #expect(throws: DNSMessageReader.Malformed.self) { try DNSMessage(bytes: Self.message(owner: tooLong)) }
        let longest = Array([label, label, label].joined()) + [61] + [UInt8](repeating: 0x61, count: 61) + [0]
        #expect(try DNSMessage(bytes: Self.message(owner: longest)).answers.count == 1)
    }

    @Test func chainOfPointersIsFollowedOnlySoFar() throws {
        // Texts of unknown type hold the links: each points two bytes back, the first at the question's name.
        func message(links: Int) -> [UInt8] {
            let dataStart = 12 + 17 + 2 + 10
            var data: [UInt8] = Self.pointer
            for index in 1..<links { data += DNSWire.word(0xC000 | (dataStart + 2 * (index - 1))) }
            let carrier = Self.pointer + [0x04, 0, 0, 1, 0, 0, 0, 0] + DNSWire.word(data.count) + data
            let last = DNSWire.word(0xC000 | (dataStart + data.count - 2))
            let record = last + [0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 192, 0, 2, 1]
            return Self.message(DNSWire.Reply(answers: [carrier, record]))
        }
        #expect(try DNSMessage(bytes: message(links: 100)).answers.last?.name == "example.com")
        #expect(throws: DNSMessageReader.Malformed.self) { try DNSMessage(bytes: message(links: 200)) }
    }

    @Test(
        arguments: [
            ("address of 3 bytes", DNSWire.TypeNumber.a, [192, 0, 2]),
            ("address of 16 bytes as IPv4", DNSWire.TypeNumber.a, [UInt8](repeating: 0, count: 16)),
            ("address of 4 bytes as IPv6", DNSWire.TypeNumber.aaaa, [192, 0, 2, 1]),
            ("name longer than its record", DNSWire.TypeNumber.cname, [1]),
            ("name shorter than its record", DNSWire.TypeNumber.cname, [0xC0, 12, 0]),
            ("text longer than its record", DNSWire.TypeNumber.txt, [5, 0x61]),
            ("tag longer than its record", DNSWire.TypeNumber.caa, [0, 9, 0x61]),
            ("authorization without a tag", DNSWire.TypeNumber.caa, [0, 0, 0x61]),
            ("SOA without its numbers", DNSWire.TypeNumber.soa, [0, 0, 0, 0, 0, 1]),
        ] as [(String, UInt16, [UInt8])]
    )
    func dataThatDoesNotFitItsTypeIsMalformed(what: String, type: UInt16, data: [UInt8]) {
        let bytes = Self.message(owner: Self.pointer, type: type, data: data)
        #expect(throws: DNSMessageReader.Malformed.self, "\(what)") { try DNSMessage(bytes: bytes) }
    }

    @Test func questionIsNotAnAnswer() {
        #expect(throws: DNSMessageReader.Malformed.self) { try DNSMessage(bytes: Self.query) }
    }

    @Test func countsThatPromiseMoreThanThereIsAreMalformed() {
        var bytes = Self.message(DNSWire.Reply())
        bytes[6] = 0xFF
        bytes[7] = 0xFF
        #expect(throws: DNSMessageReader.Malformed.self) { try DNSMessage(bytes: bytes) }
    }

    @Test func recordOfAnotherClassIsPassedOver() throws {
        let chaos = Self.pointer + [0, 16, 0, 3, 0, 0, 0, 0, 0, 2, 9, 9]
        #expect(try DNSMessage(bytes: Self.message(DNSWire.Reply(answers: [chaos]))).answers.isEmpty)
    }

    @Test func bytesThatWouldBeReadAsDotsAreEscaped() throws {
        let owner: [UInt8] = [3] + Array("a.b".utf8) + [2, 0x20, 0xE9] + Self.pointer
        #expect(try DNSMessage(bytes: Self.message(owner: owner)).answers.first?.name == #"a\.b.\032\233.example.com"#)
        #expect(try DNSMessage(bytes: Self.message(owner: [0])).answers.first?.name == ".")
    }
}
