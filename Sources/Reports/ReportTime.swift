import MigrateCore

/// Times as reports give them.
enum ReportTime {
    /// `3m ago`; `now` for what is less than a second away, `in 3m` for what is to come.
    static func distance(of time: Timestamp, from now: Timestamp, in language: Language) -> String {
        let length = (now > time ? now - time : time - now).shortText(in: language)
        let passed = now - time
        if passed >= .seconds(1) { return language.says("\(length) ago", ko: "\(length) 전") }
        return passed <= .seconds(-1)
            ? language.says("in \(length)", ko: "\(length) 뒤") : language.says("now", ko: "방금")
    }

    /// `1h 2m of 2d`: time taken and time planned.
    static func taken(_ taken: Duration?, of planned: Duration?, in language: Language) -> String {
        let planned = planned.map { $0.shortText(in: language) }
        let taken = taken.map { $0.shortText(in: language) }
        return switch (taken, planned) {
        case (let taken?, let planned?): language.says("\(taken) of \(planned)", ko: "\(planned) 중 \(taken)")
        case (let taken?, nil): taken
        case (nil, let planned?): language.says("planned \(planned)", ko: "계획 \(planned)")
        case (nil, nil): ""
        }
    }
}

extension Value {
    /// ISO 8601 in UTC; null for a time that is not known.
    init(_ time: Timestamp?) { self = time.map { .string($0.description) } ?? .null }

    /// Seconds, a whole number where it is one; null for a length that is not known.
    init(seconds duration: Duration?) {
        guard let duration else {
            self = .null
            return
        }
        let milliseconds = duration.inMilliseconds
        self = milliseconds % 1000 == 0 ? .integer(milliseconds / 1000) : .number(Double(milliseconds) / 1000)
    }

    /// Text; null where there is none.
    init(_ text: String?) { self = text.map { .string($0) } ?? .null }

    /// Forms by language.
    init(_ text: LocalizedText) { self = .object(text.texts.mapValues { .string($0) }) }

    /// Message and hint; null where there is none.
    init(_ problem: Problem?) {
        self = problem.map { ["message": .string($0.message), "hint": Value($0.hint)] } ?? .null
    }
}
