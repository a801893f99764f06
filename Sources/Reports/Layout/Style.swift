import MigrateCore

/// How a report is drawn.
public struct Style: Sendable, Hashable {
    /// Whether colours are used; they never say anything that the words do not.
    public var usesColor: Bool
    /// Whether signs are drawn in ASCII; titles and what the world says stay as they are.
    public var isPlain: Bool
    /// Language of titles and of our own phrases; where a text has no form in it, English.
    public var language: Language
    /// Cells a line may have; nil when lines may be as long as they like, as in a file or a pipe.
    public var width: Int?

    /// Makes a style.
    public init(usesColor: Bool = false, isPlain: Bool = false, language: Language = .english, width: Int? = nil) {
        self.usesColor = usesColor
        self.isPlain = isPlain
        self.language = language
        self.width = width
    }

    /// For files and pipes: no colour, no limit, English.
    public static let unbounded = Style()

    /// Cells that lines are cut and wrapped at.
    ///
    /// Why never fewer than 40: narrower screens show a line that they break themselves better than one cut to nothing.
    var limit: Int? { width.map { max($0, 40) } }
}
