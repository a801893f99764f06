import AWSClient
import MigrateCore

extension Parameters {
    /// Members whose values are whole numbers; none when it was left out.
    ///
    /// Throws: `ParameterError`.
    func wholeNumbers(_ name: String) throws -> [String: Int] {
        try mapping(name).mapValues { value in
            guard let number = value.integer, let whole = Int(exactly: number) else {
                throw ParameterError(name, "must be a mapping of whole numbers, not \(value.text) in it")
            }
            return whole
        }
    }

    /// Truth, or nil when it was left out.
    ///
    /// Throws: `ParameterError`.
    func booleanIfGiven(_ name: String) throws -> Bool? { has(name) ? try boolean(name) : nil }
}

extension AWSTimestamp {
    /// The same moment as the core holds it.
    var timestamp: Timestamp { Timestamp(milliseconds: Int64(seconds * 1000)) }
}
