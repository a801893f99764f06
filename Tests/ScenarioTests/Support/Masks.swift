import Foundation

/// Covers what differs from one run of the tests to the next: times, people, process ids, ports, hashes, places.
enum Masks {
    /// `text`, covered.
    static func cover(_ text: String, folder: String) -> String {
        text.replacing(folder, with: "‹folder›")
            .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "‹when›")
            .replacing(/\d\d:\d\d:\d\d/, with: "‹time›")
            .replacing(/\S+@\S+ \(process \d+/, with: "‹user›@‹host› (process ‹id›")
            .replacing(" by \(NSUserName())", with: " by ‹user›")
            .replacing(" of \(NSUserName())", with: " of ‹user›")
            .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:‹port›")
            .replacing(/127\.0\.0\.1 port \d+/, with: "127.0.0.1 port ‹port›")
            .replacing(/[0-9a-f]{64}/, with: "‹hash›")
            .replacing(/([ (])\d+(?:\.\d+)? ?m?s(?!\w)/) { "\($0.output.1)‹length›" }
            .replacing(/(, |the last )(?:now|‹length› ago)/) { "\($0.output.1)‹length› ago" }
    }
}
