/// A moment in UTC.
public struct AWSTimestamp: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z; AWS's JSON protocols carry fractions.
    public var seconds: Double

    /// Makes the moment `seconds` after the start of 1970.
    public init(seconds: Double) {
        self.seconds = seconds
    }

    /// Whether `left` is earlier.
    public static func < (left: AWSTimestamp, right: AWSTimestamp) -> Bool {
        left.seconds < right.seconds
    }

    /// The moment `duration` later.
    public func adding(_ duration: Duration) -> AWSTimestamp {
        let parts = duration.components
        return AWSTimestamp(seconds: seconds + Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    }

    /// Time from `other` to this moment; negative when `other` is later.
    public func since(_ other: AWSTimestamp) -> Duration {
        .seconds(seconds - other.seconds)
    }
}

extension AWSTimestamp: Codable {
    /// Reads a number of seconds, as AWS's JSON protocols write moments.
    ///
    /// - Throws: `DecodingError` when it is not a number.
    public init(from decoder: any Decoder) throws {
        self.init(seconds: try decoder.singleValueContainer().decode(Double.self))
    }

    /// Writes a number of seconds.
    ///
    /// - Throws: `EncodingError` when the encoder refuses.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}

extension AWSTimestamp: CustomStringConvertible {
    /// `2026-11-21T03:04:05Z`, whole seconds.
    public var description: String {
        let clock = CivilTime(secondsSince1970: Int64(seconds.rounded(.down)))
        let date = "\(padded(clock.year, 4))-\(padded(clock.month))-\(padded(clock.day))"
        return "\(date)T\(padded(clock.hour)):\(padded(clock.minute)):\(padded(clock.second))Z"
    }

    /// `20261121T030405Z`, the form that signatures use.
    public var basicFormat: String {
        String(description.filter { $0 != "-" && $0 != ":" })
    }
}

extension AWSTimestamp {
    /// Reads `2026-11-21T03:04:05Z`, with or without a fraction or an offset; nil for anything else.
    public init?(iso8601 text: String) {
        let codes = Array(text.utf8)
        guard codes.count >= 20, codes[4] == UInt8(ascii: "-"), codes[7] == UInt8(ascii: "-"),
            codes[10] == UInt8(ascii: "T") || codes[10] == UInt8(ascii: " "),
            codes[13] == UInt8(ascii: ":"), codes[16] == UInt8(ascii: ":"),
            let year = number(codes[0..<4]), let month = number(codes[5..<7]), let day = number(codes[8..<10]),
            let hour = number(codes[11..<13]), let minute = number(codes[14..<16]),
            let second = number(codes[17..<19])
        else { return nil }
        var rest = codes[19...]
        var fraction = 0.0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty, let value = Double("0." + String(decoding: digits, as: UTF8.self)) else {
                return nil
            }
            fraction = value
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let offset = offsetSeconds(rest),
            let clock = CivilTime(
                year: year,
                month: month,
                day: day,
                hour: hour,
                minute: minute,
                second: second
            )
        else { return nil }
        seconds = Double(clock.secondsSince1970 - Int64(offset)) + fraction
    }

    /// Reads `Sat, 21 Nov 2026 03:04:05 GMT`, the form of an HTTP `Date`; nil for anything else.
    public init?(httpDate text: String) {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT" || words[5] == "UTC", let day = Int(words[1]),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3])
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3,
            let clock = CivilTime(
                year: year,
                month: month + 1,
                day: day,
                hour: time[0],
                minute: time[1],
                second: time[2]
            )
        else { return nil }
        seconds = Double(clock.secondsSince1970)
    }
}

private func padded(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

private func number(_ codes: ArraySlice<UInt8>) -> Int? {
    guard codes.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
    return Int(String(decoding: codes, as: UTF8.self))
}

/// Seconds east of UTC that `Z`, `+09:00` or `UTC` stands for.
private func offsetSeconds(_ codes: ArraySlice<UInt8>) -> Int? {
    let text = String(decoding: codes, as: UTF8.self)
    if text == "Z" || text == "UTC" { return 0 }
    guard text.utf8.count == 6, let hours = number(codes.dropFirst().prefix(2)),
        let minutes = number(codes.suffix(2)), text.hasPrefix("+") || text.hasPrefix("-")
    else { return nil }
    return (text.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60)
}
