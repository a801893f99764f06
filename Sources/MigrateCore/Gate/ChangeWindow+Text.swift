extension ChangeWindow {
    /// Reads a window; nil when `text` is none.
    ///
    /// Whether the zone exists is for a clock to say.
    public init?(text: String) {
        var spans: [Span] = []
        var zone: String?
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            var words = part.split(separator: " ").map(String.init)
            if number == parts.count - 1 {
                guard words.count >= 2 else { return nil }
                zone = words.removeLast()
            }
            guard let span = Self.span(words) else { return nil }
            spans.append(span)
        }
        guard let zone, !spans.isEmpty, zone.contains("/") || zone == "UTC" else { return nil }
        self.spans = spans
        self.zone = zone
        self.text = text
    }

    private static let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func span(_ words: [String]) -> Span? {
        guard let times = words.last, words.count <= 2 else { return nil }
        var days = Set(0...6)
        if words.count == 2 {
            guard let named = Self.days(words[0]) else { return nil }
            days = named
        }
        let ends = times.split(separator: "-", omittingEmptySubsequences: false).map { minute(String($0)) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < 1440 else { return nil }
        return Span(days: days, start: start, end: end > start ? end : end + 1440)
    }

    /// Days of `Sat`, `Mon-Fri`, `Mon,Wed-Thu` or `daily`.
    private static func days(_ text: String) -> Set<Int>? {
        if text.lowercased() == "daily" { return Set(0...6) }
        var days: Set<Int> = []
        for part in text.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
                names.firstIndex(of: String($0))
            }
            guard let first = ends.first, let from = first, ends.count <= 2, let last = ends.last, let to = last else {
                return nil
            }
            var day = from
            days.insert(day)
            while day != to {
                day = (day + 1) % 7
                days.insert(day)
            }
        }
        return days
    }

    /// Minutes after midnight of `HH:MM`; 24:00 is the end of a day.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
