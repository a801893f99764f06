/// An answer of a name server, read from its bytes.
///
/// Why not c-ares' own parsers: those of 1.18 give no TTL for NS, CNAME, SOA and TXT, and no authority section.
struct DNSMessage: Sendable, Equatable {
    /// Response code.
    var code: UInt8
    /// Whether the server holds the zone.
    var isAuthoritative: Bool
    /// Whether records were left out.
    var isTruncated: Bool
    /// Answer section, class IN only.
    var answers: [DNSRecord] = []
    /// Authority section, class IN only.
    var authorities: [DNSRecord] = []
    /// The time for which an absence may be cached, in seconds, of the SOA in the authority section (RFC 2308, 5).
    var negativeTTL: UInt32?

    /// Reads `bytes`.
    ///
    /// Throws: when they are not a whole answer.
    init(bytes: [UInt8]) throws(DNSMessageReader.Malformed) {
        var reader = DNSMessageReader(bytes: bytes)
        _ = try reader.word()
        let flags = try reader.word()
        guard flags & 0x8000 != 0 else { throw DNSMessageReader.Malformed() }
        code = UInt8(flags & 0x000F)
        isAuthoritative = flags & 0x0400 != 0
        isTruncated = flags & 0x0200 != 0
        let questionCount = try reader.word()
        let answerCount = try reader.word()
        let authorityCount = try reader.word()
        _ = try reader.word()
        for _ in 0..<questionCount {
            _ = try reader.name()
            _ = try reader.doubleWord()
        }
        for _ in 0..<answerCount {
            if let record = try reader.record()?.record { answers.append(record) }
        }
        for _ in 0..<authorityCount {
            guard let (record, soaMinimum) = try reader.record() else { continue }
            authorities.append(record)
            if let soaMinimum { negativeTTL = min(record.ttl, soaMinimum) }
        }
    }
}

extension DNSMessageReader {
    /// Reads one record, with its minimum field when it is an SOA; nil when it is of another class than IN.
    fileprivate mutating func record() throws(Malformed) -> (record: DNSRecord, soaMinimum: UInt32?)? {
        let owner = try name()
        let type = try word()
        let recordClass = try word()
        let ttl = try doubleWord()
        let length = Int(try word())
        let end = offset + length
        guard end <= bytes.count else { throw Malformed() }
        guard recordClass == 1 else {
            _ = try slice(length)
            return nil
        }
        let (data, soaMinimum) = try data(type: type, length: length, end: end)
        guard offset == end else { throw Malformed() }
        return (DNSRecord(name: owner, type: type, ttl: ttl, data: data), soaMinimum)
    }

    private mutating func data(
        type: UInt16,
        length: Int,
        end: Int
    ) throws(Malformed) -> (text: String, soaMinimum: UInt32?) {
        switch DNSQuestion.RecordType(rawValue: type) {
        case .a, .aaaa:
            let address = try slice(length)
            guard (address.count == 4) == (type == DNSQuestion.RecordType.a.rawValue),
                let text = IPAddressText.text(address)
            else { throw Malformed() }
            return (text, nil)
        case .ns, .cname: return (try name(), nil)
        case .soa:
            let primary = try name()
            let mailbox = try name()
            var numbers: [UInt32] = []
            for _ in 0..<5 { numbers.append(try doubleWord()) }
            let text = ([primary, mailbox] + numbers.map(String.init)).joined(separator: " ")
            return (text, numbers.last)
        case .txt: return (try strings(end: end), nil)
        case .caa: return (try authorization(end: end), nil)
        case nil:
            let hex = try slice(length).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return ("\\# \(length)" + (hex.isEmpty ? "" : " " + hex), nil)
        }
    }

    /// Reads flags, tag and value of a CAA record, which ends at `end` (RFC 8659, 4.1).
    private mutating func authorization(end: Int) throws(Malformed) -> String {
        let flags = try byte()
        let count = Int(try byte())
        guard count > 0, count <= end - offset else { throw Malformed() }
        let tag = try slice(count).map { Self.escaped($0, quoting: ".") }.joined()
        let value = try slice(end - offset).map { Self.escaped($0, quoting: "\"") }.joined()
        return "\(flags) \(tag) \"\(value)\""
    }

    /// Reads the character strings up to `end`, each in quotes.
    private mutating func strings(end: Int) throws(Malformed) -> String {
        var texts: [String] = []
        while offset < end {
            let count = Int(try byte())
            guard count <= end - offset else { throw Malformed() }
            let text = try slice(count).map { Self.escaped($0, quoting: "\"") }.joined()
            texts.append("\"\(text)\"")
        }
        return texts.joined(separator: " ")
    }
}
