/// Language in which a person is spoken to.
///
/// Our own phrases have both of their forms side by side where they are said, so that none can be without one; the
/// board keeps its phrases in the same way, in `words.js`. Titles of runbooks may have forms in any language.
public struct Language: Sendable, Hashable {
    /// Code, ISO 639-1.
    public let code: String

    /// Reads a code or the name of a locale: `ko`, `ko-KR` and `ko_KR.UTF-8` are all Korean.
    public init(_ name: String) { code = String(name.lowercased().prefix { $0.isASCII && $0.isLetter }) }

    /// English, the form of everything that has no other.
    public static let english = Language("en")
    /// Korean.
    public static let korean = Language("ko")

    /// Form of one of our own phrases; any language but Korean gets the English one.
    public func says(_ english: @autoclosure () -> String, ko korean: @autoclosure () -> String) -> String {
        self == .korean ? korean() : english()
    }
}

extension LocalizedText {
    /// Makes one of our own phrases, in every language that it has.
    public init(ownWords words: (Language) -> String) {
        self.init(texts: ["en": words(.english), "ko": words(.korean)])
    }

    /// Form for `language`; English, then whichever sorts first, where there is none.
    public func text(in language: Language) -> String { text(in: language.code) }
}
