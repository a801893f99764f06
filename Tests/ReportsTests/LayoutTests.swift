import MigrateCore
import Testing

@testable import Reports

@Suite struct LayoutTests {
    static let texts = [
        "", "one", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
        "리포지토리 여섯 개를 만들고 확인합니다 그리고 트래픽을 옮깁니다 그런 다음 이전 서버를 백업합니다 모두 끝났습니다",
        "arn:aws:iam::123456789012:role/service-role/a-name-that-is-much-longer-than-any-line-of-forty-cells-can-hold",
        "a 👩‍💻 b 🇰🇷 c", String(repeating: "가", count: 90), "word " + String(repeating: "x", count: 79),
    ]

    @Test(arguments: texts, [40, 41, 80, 120])
    func wrappedTextKeepsToTheWidthAndLosesNothing(text: String, width: Int) {
        for indent in [0, 6, 30] {
            var page = Page(Style(width: width))
            page.wrap(text, behind: Line("› "), indent: indent)
            #expect(page.lines.allSatisfy { $0.cells <= width })
            let shown = page.text.filter { $0 != " " && $0 != "\n" }
            #expect(shown == "›" + text.filter { $0 != " " })
        }
    }

    @Test(arguments: texts, [40, 80])
    func cutLinesKeepToTheWidthAndSayThatTheyWereCut(text: String, width: Int) {
        var page = Page(Style(width: width))
        page.add(Line("› ").followed(by: text))
        #expect(page.lines[0].cells <= width)
        #expect(page.text.hasSuffix("…") == (TextWidth.cells(of: "› " + text) > width))
    }

    @Test func withoutAWidthNothingIsCutOrWrapped() {
        let long = String(repeating: "long ", count: 100) + "end"
        var page = Page(.unbounded)
        page.add(long)
        page.wrap(long)
        #expect(page.text == long + "\n" + long)
    }

    @Test func aCutBetweenTonesLeavesRoomForTheEllipsis() {
        var line = Line(String(repeating: "a", count: 40), .good)
        line.add("b", .bad)
        #expect(line.cut(to: 40).rendered(Style()) == String(repeating: "a", count: 39) + "…")
    }

    @Test func columnsLineUpWhateverTheScript() {
        var latin = Line()
        latin.add("phase", to: 8)
        latin.add("|")
        var korean = Line()
        korean.add("준비", to: 8)
        korean.add("|")
        #expect(latin.cells == korean.cells)
        #expect(korean.rendered(Style()) == "준비    |")
    }

    @Test func coloursSurroundTheTextAndEndWithIt() {
        #expect(Line("ok", .good).rendered(Style(usesColor: true)) == "\u{1B}[32mok\u{1B}[0m")
        #expect(Line("ok", .good).rendered(Style()) == "ok")
    }

    @Test func plainStyleDrawsEverySignInASCII() {
        let signs = StateMark.words.map { StateMark(word: $0).sign }.joined()
        let drawn = Line(signs + "→…·").rendered(Style(isPlain: true))
        #expect(drawn.contains { !$0.isASCII } == false)
        #expect(drawn.count == signs.count + 3)
    }

    @Test(arguments: [
        ("two\nlines", "two⏎lines"), ("dos\r\nline", "dos⏎line"), ("over\rwritten", "over\\u{d}written"),
        ("\u{1B}[2J\u{1B}]0;title\u{07}", "\\u{1b}[2J\\u{1b}]0;title\\u{7}"), ("a\tb", "a b"),
        ("\u{202E}gnihtyna", "\\u{202e}gnihtyna"), ("\u{9B}31m", "\\u{9b}31m"), ("👩‍💻 한글 é", "👩‍💻 한글 é"),
    ])
    func whatATerminalWouldActOnIsWrittenOut(text: String, shown: String) {
        #expect(VisibleText.make(text) == shown)
    }
}
