/// Where traffic is, as far as the run knows.
extension RunState {
    /// Whether any traffic has been moved away and not brought home.
    public var isTrafficAway: Bool { places.shifts.contains { isTrafficAway($0) } }

    /// Whether traffic is away that no person has decided to leave there.
    var isTrafficAwayUnasked: Bool { places.shifts.contains { isTrafficAway($0) && !isLeftWhereItIs($0) } }

    /// Anchors whose composite has moved traffic, by place.
    var anchorsOfTrafficAway: [Int] { places.shifts.filter { isTrafficAway($0) }.map(\.anchor) }

    /// Whether all traffic that is away is on its way home.
    var isComingHome: Bool {
        guard let backOut else { return false }
        let busy = backOut.working.flatMap { places.steps[$0.attempt.step] }
        return anchorsOfTrafficAway.allSatisfy { backOut.queue.contains($0) || $0 == busy }
    }

    /// Whether some, but not all, of a shift has been done: traffic is on both sides, or its move is not finished.
    public var isMidShift: Bool {
        places.shifts.contains { shift in
            isTrafficAway(shift) && !shift.parts.allSatisfy { records.standing(at: $0).isPassed }
        }
    }

    /// Whether the session is halted and stays all the same, to watch the traffic that is away.
    public var isHeldOpen: Bool { halting != nil && isForward && mayHold && isTrafficAway }

    /// Whether the session goes forward.
    var isForward: Bool {
        if case .forward = session?.goal { true } else { false }
    }

    /// Whether traffic that is away keeps a halted session open: not once somebody asked to stop, and not where nothing
    /// would come of it.
    var mayHold: Bool {
        switch halting {
        case nil: true
        case .paused(.watch)?: false
        case .paused?: !isReleased && !isPastReturn
        case .stopped?, .goalReached?, .backedOut?, .rolledBack?, .rollbackFailed?, .answered?: false
        }
    }

    /// Whether `shift` has moved traffic, or may have.
    ///
    /// Why whoever made the anchor: what was found in place is home just as well.
    func isTrafficAway(_ shift: PlanIndex.Shift) -> Bool { shift.away.contains { records[$0].owned != nil } }

    /// Whether a step has run from which coming back costs more than time.
    ///
    /// Past it nothing returns by itself: a person weighs what is lost.
    public var isPastReturn: Bool {
        places.pointsOfNoReturn.contains(where: isPassedForGood)
    }

    /// Whether the point of no return at `index` lies behind: what it does has been done, by this run or before it.
    func isPassedForGood(_ index: Int) -> Bool {
        records[index].owned != nil || [.succeeded, .alreadySatisfied].contains(records[index].state)
    }

    /// Change from which the traffic of the anchor `id` is brought home; its `after` is the image of traffic at home.
    ///
    /// That of the anchor, or, where the anchor found its image in place, what the first part found that moved traffic.
    public func homeward(_ id: StepID) -> OwnedChange? {
        guard let index = places.steps[id], let shift = places.shift(plan.steps[index].composite) else { return nil }
        if let owned = records[shift.anchor].owned { return owned }
        let moved = shift.away.filter { records[$0].owned != nil }
        guard let first = moved.min(by: { records[$0].startOrder ?? 0 < records[$1].startOrder ?? 0 }),
            var home = records[first].owned
        else { return nil }
        home.after = home.before
        return home
    }

    /// What must stay as this run left it while the soak `id` of a shift watches traffic that is away: the change that
    /// knows how to look, and the image; nil for any other step, and once what is there was taken as found.
    public func imageGuarded(during id: StepID) -> (look: OwnedChange, anchor: StepID, left: Value)? {
        guard let index = places.steps[id], case .soak = plan.steps[index].work,
            let shift = places.shift(plan.steps[index].composite), isTrafficAway(shift)
        else { return nil }
        let anchor = plan.steps[shift.anchor].id
        guard let left = imageLeft(before: anchor), let look = homeward(anchor) else { return nil }
        return (look, anchor, left)
    }

    /// Whether what the return `attempt` undoes may still be on its way, since no outcome of its call is known.
    public func isUnsettled(before attempt: Attempt) -> Bool {
        guard let index = places.steps[attempt.step] else { return false }
        let shift = attempt.direction == .home ? places.shift(plan.steps[index].composite) : nil
        return ([index] + (shift?.away ?? [])).contains { place in
            records[place].owned.map { $0.after == nil && $0.receipt.isNull } ?? false
        }
    }

    /// Anchors whose traffic is away and could not be brought home, by place.
    public var unsureAnchors: [Int] { anchorsOfTrafficAway.filter(unsureTraffic.contains) }

    /// Whether whatever `shift` moved was left as it is, by a person.
    func isLeftWhereItIs(_ shift: PlanIndex.Shift) -> Bool {
        shift.away.allSatisfy { records[$0].owned == nil || records[$0].isRollbackSkipped }
    }

    /// Whether no person may leave the step as it is in a rollback: a program is at work for it, or it moved a share of
    /// traffic upon which a later one stands.
    ///
    /// Why: whoever goes on waits for the program, and must not start a second one beside it. Traffic comes home as a
    /// whole, and the share made again below later ones would move it back.
    public func mustNotBeLeft(_ id: StepID) -> Bool {
        guard let index = places.steps[id] else { return false }
        return programs[id] != nil || isShareBuiltUpon(index)
    }

    private func isShareBuiltUpon(_ index: Int) -> Bool {
        guard let shift = places.shift(plan.steps[index].composite), shift.away.contains(index) else { return false }
        return shift.away.contains { $0 > index && records[$0].owned != nil && !records[$0].isRollbackSkipped }
    }

    /// Whether the step at `index` follows an anchor whose traffic a person left where it is, wherever that may be.
    func isLeftAway(_ index: Int) -> Bool {
        guard let shift = places.shift(plan.steps[index].composite), index > shift.anchor else { return false }
        return records[shift.anchor].isRollbackSkipped
    }

    /// Looks ahead of a shift of which something was undone, by place: what they saw was before that.
    var looksOutdated: Set<Int> {
        var found: Set<Int> = []
        for shift in places.shifts where moves(ofShiftAt: shift.anchor).contains(where: isUndone) {
            found.formUnion(shift.looks)
        }
        return found
    }

    private func isUndone(_ index: Int) -> Bool {
        if case .rolledBack = records[index].state { true } else { false }
    }

    /// Steps on whose work a change of this run stands, by index.
    var stepsBuiltUpon: Set<Int> {
        var found: Set<Int> = []
        var phase: PhaseID?
        var laterPhaseOwns = false
        var owns = false
        for index in plan.steps.indices.reversed() {
            let step = plan.steps[index]
            if step.phase != phase {
                laterPhaseOwns = owns
                phase = step.phase
            }
            if laterPhaseOwns { found.insert(index) }
            if records[index].owned != nil { owns = true }
            guard found.contains(index) || records[index].owned != nil else { continue }
            for need in step.needs { places.steps[need].map { _ = found.insert($0) } }
        }
        return found
    }
}
