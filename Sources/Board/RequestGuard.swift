/// Which requests the board answers: those of a page that came from here, in this browser, and small ones.
///
/// Why the name is looked at: a hostile page may have its own name resolve to 127.0.0.1 and then read us as its own
/// origin (DNS rebinding). Why the origin and where the browser says a request comes from: another page's requests
/// must not even cost us work.
struct RequestGuard: Sendable {
    /// Names under which we are asked for, each with its port.
    private let names: Set<String>

    /// Longest target that is taken, bytes.
    private static let longestTarget = 2048
    /// Longest header fields that are taken, bytes in all.
    private static let longestHeaders = 16_384

    init(port: UInt16) { names = ["127.0.0.1:\(port)", "localhost:\(port)", "[::1]:\(port)"] }

    /// What of a request is looked at.
    struct Asked: Sendable {
        var method: String
        var target: String
        /// Header fields by their names in small letters.
        var headers: [String: String]
    }

    /// Status code and reason of a request that is refused; nil for one that is answered.
    func refusal(of asked: Asked) -> (status: Int, reason: String)? {
        guard names.contains(asked.headers["host"]?.lowercased() ?? "") else {
            return (421, "this board answers under its own address only")
        }
        if asked.method != "GET" { return (405, "the board is read-only: it answers GET") }
        if asked.target.utf8.count > Self.longestTarget { return (414, "the target is too long") }
        let size = asked.headers.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        if size > Self.longestHeaders { return (431, "the header fields are too long") }
        if asked.headers["transfer-encoding"] != nil || (asked.headers["content-length"] ?? "0") != "0" {
            return (413, "the board takes no body")
        }
        if let origin = asked.headers["origin"], !names.contains(where: { origin == "http://\($0)" }) {
            return (403, "another page may not read this")
        }
        guard let site = asked.headers["sec-fetch-site"], site != "same-origin", site != "none" else { return nil }
        // Why this one: somebody clicked a link to the board, and is shown the page, which frames cannot hold.
        let isVisit = asked.headers["sec-fetch-mode"] == "navigate" && asked.headers["sec-fetch-dest"] == "document"
        return isVisit ? nil : (403, "another page may not read this")
    }
}
