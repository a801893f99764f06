extension Duration {
    /// Whole milliseconds, rounded toward zero.
    public var inMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Reads a length of time as runbooks write it.
    ///
    /// Shape: whole numbers with a unit each, largest first: `300ms`, `45s`, `5m`, `1h30m`, `2d`. Nil for anything
    /// else.
    public init?(text: String) {
        var total: Int64 = 0
        var rest = text[...]
        var lastUnit = Int64.max
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let unitText = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
            guard let count = Int64(digits), let unit = Self.units[String(unitText)], unit < lastUnit else {
                return nil
            }
            let (part, overflows) = count.multipliedReportingOverflow(by: unit)
            guard !overflows, total <= Int64.max - part else { return nil }
            total += part
            lastUnit = unit
            rest = rest.dropFirst(digits.count + unitText.count)
        }
        self = .milliseconds(total)
    }

    private static let units: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

    /// Length of time for people, at most two units: `2d 3h`, `5m`, `1.4s`, `30ms`.
    public var shortText: String { shortText(in: .english) }

    /// The same in `language`: `2일 3시간`, `5분`, `1.4초`, `30ms`.
    public func shortText(in language: Language) -> String {
        let all = inMilliseconds
        guard all >= 0 else { return "-" + (Duration.zero - self).shortText(in: language) }
        let (day, hour) = (language.says("d", ko: "일"), language.says("h", ko: "시간"))
        let (minute, second) = (language.says("m", ko: "분"), language.says("s", ko: "초"))
        switch all {
        case ..<1000: return "\(all)ms"
        case ..<10_000 where all % 1000 >= 100: return "\(all / 1000).\(all % 1000 / 100)\(second)"
        case ..<60_000: return "\(all / 1000)\(second)"
        case ..<3_600_000: return Self.pair(all / 60_000, minute, all / 1000 % 60, second)
        case ..<86_400_000: return Self.pair(all / 3_600_000, hour, all / 60_000 % 60, minute)
        default: return Self.pair(all / 86_400_000, day, all / 3_600_000 % 24, hour)
        }
    }

    private static func pair(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit) \(small)\(smallUnit)"
    }
}
