import MigrateCore
import Testing

extension KindDeclaration: CustomTestStringConvertible {
    /// Its name: all of it would fill a screen for each case.
    public var testDescription: String { "\(role.rawValue) \(name)" }
}
