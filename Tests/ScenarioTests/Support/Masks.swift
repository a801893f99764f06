import Foundation

/// Covers what differs from one run of the tests to the next: times, people, process ids, ports, hashes, places.
enum Masks {
    /// `text`, covered.
    static func cover(_ text: String, folder: String) -> String {
        people(in: text.replacing(folder, with: "‹folder›"))
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "‹when›")
            .replacing(/\d\d:\d\d:\d\d/, with: "‹time›")
            .replacing(/(‹host› ?\(|‹host›, )(process|프로세스) \d+/) { "\($0.output.1)\($0.output.2) ‹id›" }
            .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:‹port›")
            .replacing(/127\.0\.0\.1 port \d+/, with: "127.0.0.1 port ‹port›")
            .replacing(/(started |부팅 후 )\d+( ?ticks|틱)/) { "\($0.output.1)‹ticks›\($0.output.2)" }
            .replacing(/as process \d+ on \S+/, with: "as process ‹id› on ‹host›")
            .replacing(/[0-9a-f]{64}/, with: "‹hash›")
            .replacing(/(token|토큰|digest|다이제스트) [0-9a-f]{16,}/) { "\($0.output.1) ‹hash›" }
            .replacing(/([ (])\d+(?:\.\d+)? ?(?:m?s(?!\w)|초(?! 안))/) { "\($0.output.1)‹length›" }
            .replacing(/(, |the last |renewed |held on last )(?:now|‹length› ago)/) { "\($0.output.1)‹length› ago" }
            .replacing(/(, |마지막 |갱신 )(?:방금|‹length› 전)/) { "\($0.output.1)‹length› 전" }
    }

    private static func people(in text: String) -> String {
        let user = NSUserName()
        // Why first: a name before a host is part of who holds a run.
        var text = text.replacing(/[\w.-]+@[\w.-]+/, with: "‹user›@‹host›")
            .replacing(" by \(user)", with: " by ‹user›").replacing(" of \(user)", with: " of ‹user›")
        for deed in ["의 요청", " 시작", " 승인", " 재개", " 취소", " 판정", " 런북", " says", " lets", " took"] {
            text = text.replacing(" \(user)\(deed)", with: " ‹user›\(deed)")
        }
        return text
    }
}
