import Glibc

/// Address and port of a name server, read from `192.0.2.1:53` or `[2001:db8::1]:53`; the port may be left out.
///
/// Why not c-ares' own reading: it takes a list, and passes over in silence what it cannot read.
struct DNSServerAddress: Equatable {
    /// Text of the one server in the form that c-ares reads.
    let text: String

    /// Reads `text`.
    ///
    /// Throws: `DNSFailure.badServer` when it is not an address with a port; host names are not taken.
    init(_ text: String) throws(DNSFailure) {
        let parts = Self.split(text)
        let port = parts.port.map { UInt16($0) ?? 0 } ?? 53
        // Why the digits: `UInt16` reads "+53" too.
        guard port > 0, parts.port?.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ?? true else {
            throw .badServer(text)
        }
        var bytes = in6_addr()
        if inet_pton(AF_INET6, String(parts.host), &bytes) == 1 {
            self.text = "[\(parts.host)]:\(port)"
        } else if !parts.isBracketed, inet_pton(AF_INET, String(parts.host), &bytes) == 1 {
            self.text = "\(parts.host):\(port)"
        } else {
            throw .badServer(text)
        }
    }

    private static func split(_ text: String) -> (host: Substring, port: Substring?, isBracketed: Bool) {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            // What is not a colon and a port is given back as a port that cannot be read.
            return (host, rest.isEmpty ? nil : rest.first == ":" ? rest.dropFirst() : rest, true)
        }
        guard let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") else {
            return (text[...], nil, false)
        }
        return (text[..<colon], text[text.index(after: colon)...], false)
    }
}
