/// What a step would do if it ran now.
public struct StepForecast: Sendable, Hashable {
    /// What is foreseen.
    public enum Outlook: Sendable, Hashable {
        /// It is over already.
        case over(String)
        /// It would do nothing, or it passes.
        case holds(String)
        /// It would make this change.
        case change(Change)
        /// It would wait: for people, or for time.
        case waits(String)
        /// It would stop the run.
        case stops(Problem)
        /// It could not be asked.
        case unknown(Problem)
        /// It depends on what earlier steps will find.
        case later
    }
    /// Step.
    public var step: StepID
    /// Outlook.
    public var outlook: Outlook
    /// Facts that the change would make known, as far as they can be told.
    public var facts: [String: Value]
    /// The call of the change, where its kind spells it out.
    public var call: CallForecast?
    /// What coming back would do once the step is over, for the parts of a shift that change or wait.
    public var wayBack: ReturnForecast?
    /// Makes a forecast.
    public init(step: StepID, outlook: Outlook, facts: [String: Value] = [:]) {
        self.step = step
        self.outlook = outlook
        self.facts = facts
    }
}
