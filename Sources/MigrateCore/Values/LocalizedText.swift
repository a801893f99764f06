/// A text in one or more languages.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// Texts by language code (ISO 639-1); never empty.
    public var texts: [String: String]

    /// Makes a text that has only one form.
    public init(_ text: String) { texts = ["en": text] }

    /// Makes a text with a form for each language.
    public init(texts: [String: String]) { self.texts = texts }

    /// Form for `language`; English, then whichever sorts first, where there is none.
    public func text(in language: String) -> String {
        texts[language] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value ?? ""
    }
}
