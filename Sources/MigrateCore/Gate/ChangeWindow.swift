/// Times of the week in which a change may start: `Sat 01:00-05:00 Asia/Seoul`,
/// `Mon-Thu,Sun 22:00-04:00 Europe/Berlin`.
///
/// Several spans of one zone are separated by `;`. A span whose end is not after its start ends the next day.
public struct ChangeWindow: Sendable, Hashable {
    /// One span, in local time.
    struct Span: Sendable, Hashable {
        /// Days on which it begins; 0 is Sunday.
        var days: Set<Int>
        /// Minutes after midnight at which it begins.
        var start: Int
        /// Minutes after that midnight at which it ends; above 1440 on the next day.
        var end: Int
    }
    let spans: [Span]
    /// Name of its zone in the IANA database.
    public let zone: String
    /// As written.
    public let text: String

    /// Time that a return of traffic is given, which must fit into the window as well.
    ///
    /// Source: limit of Route 53's INSYNC, 5 min, as everywhere in the engine.
    public static let returnAllowance: Duration = .seconds(300)

    /// Whether it is open at `now`, and when it opens next.
    ///
    /// `offset` tells how far a zone's clocks are ahead of UTC at a time. Throws: `UnknownZone`.
    public func ruling(
        at now: Timestamp,
        offset: (String, Timestamp) -> Duration?
    ) throws(UnknownZone) -> WindowRuling {
        guard let ahead = offset(zone, now) else { throw UnknownZone(name: zone) }
        let today = (now + ahead).milliseconds.floorDivided(by: 86_400_000)
        var open: Timestamp?
        var next: (opens: Timestamp, closes: Timestamp)?
        for day in (today - 2)...(today + 14) {
            let weekday = Int((day + 4).floorModulo(7))
            for span in spans where span.days.contains(weekday) {
                let start = instant(day, minute: span.start, isStart: true, offset: offset)
                let end = instant(day, minute: span.end, isStart: false, offset: offset)
                guard start < end else { continue }
                if start <= now, now < end { open = max(open ?? end, end) }
                if start > now, start < next?.opens ?? end { next = (start, end) }
            }
        }
        return WindowRuling(openUntil: open, opensNext: next?.opens, closesNext: next?.closes, text: text)
    }

    /// Time at which a local clock shows `minute` of `day`.
    ///
    /// Why the narrower reading where clocks change: an hour that comes twice or not at all must never make a window
    /// longer than it looks.
    private func instant(
        _ day: Int64,
        minute: Int,
        isStart: Bool,
        offset: (String, Timestamp) -> Duration?
    ) -> Timestamp {
        let local = Timestamp(milliseconds: day * 86_400_000 + Int64(minute) * 60_000)
        let offsets = [Duration.seconds(-93_600), .seconds(93_600)].compactMap { offset(zone, local + $0) }
        let readings = Set(offsets).map { local + (.zero - $0) }.sorted()
        let shown = readings.filter { reading in offset(zone, reading).map { reading + $0 == local } ?? false }
        let candidates = shown.isEmpty ? readings : shown
        return (isStart ? candidates.last : candidates.first) ?? local
    }
}

/// A time zone that the machine's database does not have.
public struct UnknownZone: Error, Sendable, Hashable {
    /// Name, as written.
    public var name: String
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    fileprivate func floorModulo(_ divisor: Int64) -> Int64 { self - floorDivided(by: divisor) * divisor }
}
