/// DNS messages put together by hand.
enum DNSWire {
    /// Numbers of record types.
    enum TypeNumber {
        static let a: UInt16 = 1
        static let ns: UInt16 = 2
        static let cname: UInt16 = 5
        static let soa: UInt16 = 6
        static let txt: UInt16 = 16
        static let aaaa: UInt16 = 28
        static let caa: UInt16 = 257
    }

    /// What an answer is made of.
    struct Reply {
        var code: UInt8 = 0
        var isAuthoritative = true
        var isTruncated = false
        var answers: [[UInt8]] = []
        var authorities: [[UInt8]] = []
    }

    /// `text` as length-prefixed labels with the final zero.
    static func name(_ text: String) -> [UInt8] {
        text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    /// 16 bits.
    static func word(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    /// 32 bits.
    static func doubleWord(_ value: Int) -> [UInt8] { word(value >> 16) + word(value) }

    /// One record of class IN.
    static func record(_ owner: String, _ type: UInt16, ttl: Int = 60, _ data: [UInt8]) -> [UInt8] {
        name(owner) + word(Int(type)) + word(1) + doubleWord(ttl) + word(data.count) + data
    }

    /// The data of an SOA with `minimum`.
    static func soa(minimum: Int) -> [UInt8] {
        name("ns1.example.com") + name("admin.example.com")
            + [7, 7200, 900, 1_209_600, minimum].flatMap(doubleWord)
    }

    /// The question of `query`, without header and EDNS.
    static func question(of query: [UInt8]) -> [UInt8] {
        var end = 12
        while end < query.count, query[end] != 0 { end += Int(query[end]) + 1 }
        return Array(query[12..<min(query.count, end + 5)])
    }

    /// The name that `query` asks for.
    static func name(of query: [UInt8]) -> String {
        var labels: [String] = []
        var offset = 12
        while offset < query.count, query[offset] != 0 {
            let length = Int(query[offset])
            labels.append(String(decoding: query[(offset + 1)..<(offset + 1 + length)], as: UTF8.self))
            offset += length + 1
        }
        return labels.joined(separator: ".")
    }

    /// `reply` to `query`, whose question it echoes.
    static func bytes(_ reply: Reply, to query: [UInt8]) -> [UInt8] {
        let high = 0x80 | (reply.isAuthoritative ? 0x04 : 0) | (reply.isTruncated ? 0x02 : 0) | (query[2] & 0x01)
        let header = query[..<2] + [high, reply.code] + word(1) + word(reply.answers.count)
        let counts = word(reply.authorities.count) + word(0)
        return header + counts + question(of: query) + reply.answers.joined() + reply.authorities.joined()
    }
}
