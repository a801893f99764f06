/// The one call that a change would make, spelled out.
public struct CallForecast: Sendable, Hashable {
    /// One entry of it: a record set that is deleted, the weight of a target group.
    public struct Entry: Sendable, Hashable {
        /// Cells of a table, as many for each entry of a call: `DELETE`, `grafana.example.com.`, `A`.
        public var cells: [String]
        /// The entry as the service takes it.
        public var value: Value

        /// Makes an entry.
        public init(cells: [String], value: Value) {
            self.cells = cells
            self.value = value
        }
    }

    /// What is sent where: `one batch to zone Z1`.
    public var summary: String
    /// What is waited for once it is made, and how long as a rule.
    public var arrival: String
    /// Entries, in their order.
    public var entries: [Entry]

    /// Makes a forecast.
    public init(summary: String, arrival: String, entries: [Entry]) {
        self.summary = summary
        self.arrival = arrival
        self.entries = entries
    }
}
