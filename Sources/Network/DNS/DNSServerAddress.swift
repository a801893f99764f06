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
        guard let (host, port, isBracketed) = Self.split(text), let number = Self.port(port ?? "53") else {
            throw .badServer(text)
        }
        // Large enough for either kind.
        var bytes = in6_addr()
        // Why the NUL: what stands after it would not be seen in C.
        let isPlain = !host.utf8.contains(0)
        if isPlain, inet_pton(AF_INET6, String(host), &bytes) == 1 {
            self.text = "[\(host)]:\(number)"
        } else if isPlain, !isBracketed, inet_pton(AF_INET, String(host), &bytes) == 1 {
            self.text = "\(host):\(number)"
        } else {
            throw .badServer(text)
        }
    }

    private static func split(_ text: String) -> (host: Substring, port: Substring?, isBracketed: Bool)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard !rest.isEmpty else { return (host, nil, true) }
            return rest.first == ":" ? (host, rest.dropFirst(), true) : nil
        }
        // More than one colon, without brackets: an IPv6 address alone.
        guard let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") else {
            return (text[...], nil, false)
        }
        return (text[..<colon], text[text.index(after: colon)...], false)
    }

    /// A port of 1 to 65535 in digits alone; `UInt16` would read "+53" too.
    private static func port(_ text: Substring) -> UInt16? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text), port > 0 else {
            return nil
        }
        return port
    }
}
