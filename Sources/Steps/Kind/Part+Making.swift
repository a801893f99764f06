import MigrateCore

/// Parts of composite kinds in one line each.
extension KindDeclaration.Part {
    /// A look.
    static func probe(
        _ name: String,
        _ title: String,
        ko korean: String,
        _ kind: String,
        _ with: [String: Value],
        retry: RetryPolicy = .once,
        isAdvisory: Bool = false
    ) -> Self {
        Self(
            name: name,
            title: LocalizedText(title, ko: korean),
            work: .probe(kind: kind),
            parameters: .object(with),
            retry: retry,
            isAdvisory: isAdvisory
        )
    }

    /// A change.
    static func action(
        _ name: String,
        _ title: String,
        ko korean: String,
        _ kind: String,
        _ with: [String: Value],
        traffic: KindDeclaration.TrafficRole? = nil,
        timeout: Duration? = nil
    ) -> Self {
        Self(
            name: name,
            title: LocalizedText(title, ko: korean),
            work: .action(kind: kind),
            parameters: .object(with),
            traffic: traffic,
            timeout: timeout
        )
    }

    /// A wait, watched by what the composite says.
    static func wait(_ name: String, _ title: String, ko korean: String, _ duration: String) -> Self {
        Self(name: name, title: LocalizedText(title, ko: korean), work: .soak(duration), parameters: .object([:]))
    }
}

extension LocalizedText {
    /// A title of our own: English, and Korean beside it.
    init(_ english: String, ko korean: String) { self.init(texts: ["en": english, "ko": korean]) }
}
