/// What a piece of text is, for those who see colour.
enum Tone: Sendable, Hashable {
    case plain
    /// Names and headings.
    case strong
    /// What is of second rank.
    case faint
    /// What is over and good.
    case good
    /// What is wrong.
    case bad
    /// What a person should look at.
    case caution
    /// What is under way.
    case busy

    /// Parameters of the terminal's colour sequence; nil for text as it is.
    ///
    /// Source: ECMA-48, 8.3.117 SGR; only the eight colours that every theme of a terminal keeps readable.
    var sequence: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .good: "32"
        case .bad: "31"
        case .caution: "33"
        case .busy: "36"
        }
    }
}
