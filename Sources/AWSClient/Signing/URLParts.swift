/// An absolute URL cut where the signer needs it, nothing decoded.
struct URLParts: Equatable {
    /// `http` or `https`, as written.
    var scheme: String
    /// Host and port, as written.
    var authority: String
    /// Path as written; empty when there is none.
    var path: String
    /// What follows the first `?`, without it; empty when there is none.
    var query: String

    /// Cuts `url`; nil when it has no scheme or no host.
    init?(_ url: String) {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return nil }
        scheme = url[..<colon].lowercased()
        let afterScheme = url[url.index(colon, offsetBy: 3)...]
        let hostEnd = afterScheme.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? afterScheme.endIndex
        authority = String(afterScheme[..<hostEnd])
        let rest = afterScheme[hostEnd...].prefix { $0 != "#" }
        let mark = rest.firstIndex(of: "?") ?? rest.endIndex
        path = String(rest[..<mark])
        query = String(rest[mark...].dropFirst())
        if authority.isEmpty || scheme.isEmpty { return nil }
    }

    /// Value of the `Host` header: lower case, without the scheme's default port.
    var host: String {
        let lowered = authority.lowercased()
        let withoutUser = lowered.lastIndex(of: "@").map { String(lowered[lowered.index(after: $0)...]) } ?? lowered
        let port = scheme == "https" ? ":443" : ":80"
        return withoutUser.hasSuffix(port) ? String(withoutUser.dropLast(port.count)) : withoutUser
    }
}
