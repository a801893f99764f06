/// Address to connect to in place of the URL's own.
public struct ConnectTarget: Sendable, Equatable {
    /// Host name or address; an IPv6 address without brackets.
    public var host: String
    /// TCP port.
    public var port: Int

    /// Makes a target.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Where `url` leads of itself: an absolute address, `http` or `https`, whose scheme says the port that it leaves out.
    ///
    /// Source: RFC 3986, section 3.2.
    public init(of url: String) {
        let rest = url.drop { $0 != "/" }.drop { $0 == "/" }
        let authority = rest.prefix { !"/?#".contains($0) }
        let place = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let end = place.hasPrefix("[") ? place.firstIndex(of: "]") ?? place.startIndex : place.startIndex
        let colon = place[end...].firstIndex(of: ":")
        let host = place[..<(colon ?? place.endIndex)]
        self.host = String(host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host)
        port = colon.flatMap { Int(place[place.index(after: $0)...]) } ?? (url.hasPrefix("https") ? 443 : 80)
    }
}
