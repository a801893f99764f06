import MigrateCore

/// The files of the page, which are in the binary.
///
/// Rule: nothing in them names another host, and nothing is written in place. Why: the page must work without a network,
/// and its content security policy forbids both.
public enum BoardPage {
    /// A file of the page.
    struct File: Sendable {
        var type: String
        var bytes: [UInt8]
    }

    /// The file at `path`; nil when there is none.
    static func file(at path: String) -> File? { files[path] }

    private static let files: [String: File] = [
        "/": File(type: "text/html; charset=utf-8", bytes: PackageResources.index_html),
        "/board.css": File(type: "text/css; charset=utf-8", bytes: PackageResources.board_css),
    ].merging(scripts.map { ("/\($0.name)", File(type: "text/javascript; charset=utf-8", bytes: $0.bytes)) }) { $1 }

    private static let scripts: [(name: String, bytes: [UInt8])] = [
        ("words.js", PackageResources.words_js), ("steps.js", PackageResources.steps_js),
        ("pictures.js", PackageResources.pictures_js), ("board.js", PackageResources.board_js),
    ]

    /// The page with everything in it and `document` to show: one file that needs no server.
    public static func selfContained(_ document: Value) -> [UInt8] {
        var page = String(decoding: PackageResources.index_html, as: UTF8.self)
        let style = String(decoding: PackageResources.board_css, as: UTF8.self)
        page = page.replacing("<link rel=\"stylesheet\" href=\"board.css\">", with: "<style>\n\(style)</style>")
        for script in scripts {
            let tag = "<script src=\"\(script.name)\" defer></script>"
            page = page.replacing(tag, with: "")
        }
        // Why not written as it is: a text in it could end the element that holds it.
        let data = document.text.replacing("<", with: "\\u003c")
        let code = scripts.map { "<script>\n\(String(decoding: $0.bytes, as: UTF8.self))</script>" }
        let foot = ["<script type=\"application/json\" id=\"document\">\(data)</script>"] + code
        return Array(page.replacing("</body>", with: "\(foot.joined(separator: "\n"))\n</body>").utf8)
    }

    /// Header fields of every answer.
    static let headers = [
        "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    ]
}
