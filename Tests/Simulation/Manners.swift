/// How badly the world behaves: chances in a hundred.
struct Manners {
    /// A change is refused for good.
    var refused = 0
    /// A change is refused for now.
    var throttled = 0
    /// A change never arrives, and nobody says so.
    var lost = 0
    /// A change is made, and its answer is lost.
    var answerLost = 0
    /// A change is made by half, and its answer is lost.
    var partial = 0
    /// A change is on its way for a long time.
    var slow = 0
    /// A look at the world gets no answer.
    var unreadable = 0
    /// A probe or a watch fails.
    var failing = 0
    /// A probe or a watch has no data.
    var noData = 0
    /// The world never catches up with a change while the bad time lasts.
    var lagging = 0

    /// Nothing goes wrong.
    static let good = Manners()

    /// A night as the dice have it: some ills often, some now and then, some not at all.
    static func bad(_ dice: Dice) -> Manners {
        func ill() -> Int { dice.pick([0, 0, 2, 5, 15]) }
        return Manners(
            refused: ill(),
            throttled: ill(),
            lost: ill(),
            answerLost: ill() * 2,
            partial: ill(),
            slow: ill() * 3,
            unreadable: ill(),
            failing: ill(),
            noData: ill() * 2,
            lagging: ill()
        )
    }
}
