import MigrateCore
import Testing

@testable import Board

@Suite struct BoardPageTests {
    @Test(arguments: ["/", "/board.css", "/words.js", "/steps.js", "/pictures.js", "/board.js"])
    func everyFileOfThePageIsInTheBinary(_ path: String) throws {
        #expect(try #require(BoardPage.file(at: path)).bytes.count > 500)
    }

    @Test(arguments: ["/index.html", "/../board.css", "//board.css", "/board.css/", "/Board.css", "", "/etc/passwd"])
    func nothingElseIs(_ path: String) { #expect(BoardPage.file(at: path) == nil) }

    @Test func theReportNeedsNoServer() {
        let page = String(decoding: BoardPage.selfContained(["schema": 1]), as: UTF8.self)
        #expect(!page.contains("<link rel=\"stylesheet\""))
        #expect(!page.contains("<script src"))
        #expect(page.contains("<script type=\"application/json\" id=\"document\">{\"schema\":1}</script>"))
    }

    @Test func aTextCannotEndTheElementThatHoldsIt() {
        let page = String(
            decoding: BoardPage.selfContained(["note": "</script><script>alert(1)</script>"]),
            as: UTF8.self
        )
        #expect(!page.contains("alert(1)</script>"))
        #expect(page.contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>"))
    }
}
