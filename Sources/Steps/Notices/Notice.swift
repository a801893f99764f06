import MigrateCore

/// Words sent to people, once.
struct Notice: Sendable {
    /// The words.
    var text: String
    /// Where they go, as people call it.
    var place: String

    /// That they were sent: all that a message leaves behind.
    var image: Value { ["sent": true] }

    /// Their beginning, on one line.
    var beginning: String {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count > 60 ? line.prefix(60) + "…" : line
    }

    /// What is said when nobody knows whether they were sent.
    var doubt: Reconciliation {
        .unclear(
            Problem(
                "a message was sent to `\(place)`, and whether it came is not known",
                hint: "look there, then say so with `migrate resolve`"
            ),
            found: .null
        )
    }
}
