/// Where traffic is, as far as the run knows.
extension RunState {
    /// Whether any traffic has been moved away and not brought home.
    public var isTrafficAway: Bool { places.shifts.contains { isTrafficAway($0) } }

    /// Anchors whose composite has moved traffic, by place.
    var anchorsOfTrafficAway: [Int] { places.shifts.filter { isTrafficAway($0) }.map(\.anchor) }

    /// Whether `shift` has moved traffic, or may have.
    func isTrafficAway(_ shift: PlanIndex.Shift) -> Bool {
        records[shift.anchor].owned != nil && shift.away.contains { records[$0].owned != nil }
    }

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
}
