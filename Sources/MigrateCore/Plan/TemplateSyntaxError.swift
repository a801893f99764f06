/// Why a text is no template.
public struct TemplateSyntaxError: Error, Sendable, Hashable {
    /// Which `${` of the text is wrong, from 0, `$${` counted too.
    public var occurrence: Int
    /// How many characters from there a caret should underline.
    public var length: Int
    /// What is wrong, one line.
    public var message: String
    /// What to do about it, one line.
    public var hint: String?

    /// Makes an error.
    public init(occurrence: Int, length: Int = 2, message: String, hint: String? = nil) {
        self.occurrence = occurrence
        self.length = length
        self.message = message
        self.hint = hint
    }
}
