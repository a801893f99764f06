/// Refuses what libcurl would read in another way than it was meant.
enum CurlRequestCheck {
    /// Throws: `HTTPFailure` naming what cannot be sent.
    static func check(_ request: HTTPRequest) throws(HTTPFailure) {
        let scheme = request.url.prefix { $0 != ":" }.lowercased()
        // Why: libcurl guesses a scheme where there is none.
        guard ["http", "https"].contains(scheme), request.url.dropFirst(scheme.count).hasPrefix("://") else {
            throw HTTPFailure(
                reason: .badURL,
                message: "`\(request.url)` does not begin with http:// or https://",
                mayHaveSent: false
            )
        }
        // Why: a NUL would end the text in C, a line break would begin another header field.
        guard !hasControl(request.url) else {
            throw HTTPFailure(reason: .badURL, message: "the address has a control character", mayHaveSent: false)
        }
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(isTokenByte) else {
            throw refusal("`\(request.method)` is not a method")
        }
        for field in request.headers {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw refusal("`\(field.name)` is not a field name")
            }
            guard !hasControl(field.value) else { throw refusal("field `\(field.name)` has a control character") }
        }
        guard request.method != "HEAD" || request.body == nil else { throw refusal("HEAD carries no body") }
        if let target = request.connectTo {
            guard (1...65535).contains(target.port), !target.host.isEmpty, !hasControl(target.host) else {
                throw refusal("`\(target.host):\(target.port)` is not a host and port")
            }
        }
        guard !hasControl(request.authoritiesFile ?? "") else {
            throw refusal("the path of the authorities has a control character")
        }
    }

    private static func refusal(_ message: String) -> HTTPFailure {
        HTTPFailure(reason: .other, message: message, mayHaveSent: false)
    }

    private static func hasControl(_ text: String) -> Bool {
        text.utf8.contains { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }
    }

    /// Whether `byte` may stand in a token (RFC 9110, 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
