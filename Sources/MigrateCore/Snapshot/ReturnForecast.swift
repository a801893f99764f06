/// What coming back from one point of a shift would do.
public struct ReturnForecast: Sendable, Hashable {
    /// One call of it.
    public struct Leg: Sendable, Hashable {
        /// Step that is undone; of the way home the one that left all traffic on the old side.
        public var step: StepID
        /// The call; nil where its kind does not spell it out.
        public var call: CallForecast?

        /// Makes a leg.
        public init(step: StepID, call: CallForecast?) {
            self.step = step
            self.call = call
        }
    }

    /// Traffic home: all that a back-out does, and what a rollback does first; nil while none is away.
    public var home: Leg?
    /// How long resolvers may then go on giving the new side's answers; nil where no DNS stands between.
    public var lag: Duration?
    /// What a rollback undoes besides, in its order.
    public var undone: [Leg]

    /// Makes a forecast.
    public init(home: Leg?, lag: Duration?, undone: [Leg]) {
        self.home = home
        self.lag = lag
        self.undone = undone
    }
}
