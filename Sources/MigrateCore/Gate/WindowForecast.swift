/// When a step with a change window could start, and until when at the latest.
public struct WindowForecast: Sendable, Hashable {
    /// The window now and next.
    public var ruling: WindowRuling
    /// Time that the step needs inside it: its soaks as far as they are known, and a return of traffic.
    public var need: Duration

    /// Makes a forecast.
    public init(ruling: WindowRuling, need: Duration) {
        self.ruling = ruling
        self.need = need
    }

    /// Latest start in the window that is open now, or else in the next one; nil when none comes or it is too short.
    public func latestStart(at now: Timestamp) -> Timestamp? {
        for (opens, closes) in [(now, ruling.openUntil), (ruling.opensNext, ruling.closesNext)] {
            guard let opens, let closes else { continue }
            let latest = closes + (.zero - need)
            if latest >= opens { return latest }
        }
        return nil
    }
}

extension RunState {
    /// Forecasts for the steps that a window holds back, each composite by its first part.
    ///
    /// Throws: `UnknownZone`.
    public func windowForecasts(
        at now: Timestamp,
        offset: (String, Timestamp) -> Duration?
    ) throws(UnknownZone) -> [StepID: WindowForecast] {
        var forecasts: [StepID: WindowForecast] = [:]
        var seen: Set<StepID> = []
        for (index, step) in plan.steps.enumerated() where !records[index].state.isPassed {
            guard let window = step.window.flatMap({ ChangeWindow(text: $0) }),
                seen.insert(step.composite ?? step.id).inserted
            else { continue }
            let ruling = try window.ruling(at: now, offset: offset)
            forecasts[step.id] = WindowForecast(ruling: ruling, need: timeNeeded(from: index))
        }
        return forecasts
    }

    /// What coming back costs past each point of no return that was passed, in plan order.
    public var passedPointsOfNoReturn: [(step: StepID, cost: LocalizedText?)] {
        places.pointsOfNoReturn.filter(isPassedForGood).map {
            (plan.steps[$0].id, plan.steps[$0].returnCost)
        }
    }
}
