import MigrateCore

/// One condition on a label: `service="grafana"`, `!=`, `=~` and `!~` alike.
struct AlertMatcher: Sendable, Hashable {
    /// Label.
    var name: String
    /// Value, or regular expression.
    var pattern: String
    /// Whether the value is a regular expression.
    var isRegularExpression: Bool
    /// Whether it must match.
    var isEqual: Bool

    /// Reads `text`; nil when it is no matcher.
    init?(_ text: String) {
        guard let start = text.firstIndex(where: { "=!".contains($0) }) else { return nil }
        let name = text[..<start]
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            return nil
        }
        guard let sign = ["=~", "!~", "!=", "="].first(where: text[start...].hasPrefix) else { return nil }
        var value = text[start...].dropFirst(sign.count)
        if value.hasPrefix("\"") {
            guard value.hasSuffix("\""), value.count >= 2 else { return nil }
            value = value.dropFirst().dropLast()
        }
        self.name = String(name)
        pattern = String(value)
        isRegularExpression = sign.hasSuffix("~")
        isEqual = !sign.hasPrefix("!")
    }

    /// As it is written.
    var text: String {
        let sign = isRegularExpression ? isEqual ? "=~" : "!~" : isEqual ? "=" : "!="
        return "\(name)\(sign)\"\(pattern)\""
    }

    /// As Alertmanager's API takes it.
    var value: Value {
        [
            "name": .string(name), "value": .string(pattern), "isRegex": .bool(isRegularExpression),
            "isEqual": .bool(isEqual),
        ]
    }
}
