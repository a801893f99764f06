import MigrateCore

@testable import Reports

extension Story {
    /// Screen of `migrate status`.
    func screen(isHeld: Bool = false, isAlive: Bool = true, width: Int = 80) -> String {
        StatusReport.text(
            of: snapshot(isHeld: isHeld, isHolderAlive: isAlive),
            at: time,
            style: Style(width: width)
        )
    }
}
