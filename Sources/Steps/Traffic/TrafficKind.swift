import MigrateCore

/// A kind that moves traffic, and so leaves a file behind that brings it home without this tool.
protocol TrafficKind: ActionKind {
    /// The file for `change`; nil when the change moves no traffic.
    func breakGlass(of change: Change, step: StepID, _ world: World) throws -> BreakGlassFile?

    /// The command that leads from what somebody else made of it to traffic at home; nil when it is that already.
    ///
    /// Throws: `Problem` when the images are none of this kind's.
    func byHand(from found: Value, to home: Value, _ world: World) throws -> String?
}

extension TrafficKind {
    /// Writes the file for `change` of `step`.
    ///
    /// Rule: before the call. Why: afterwards there may be nobody left to write it.
    /// Throws: `FileFailure`.
    func writeBreakGlass(of change: Change, step: StepID, _ world: World) async throws {
        guard let file = try breakGlass(of: change, step: step, world) else { return }
        let start = world.now()
        let path = "\(world.breakGlassDirectory)/\(file.name)"
        try await world.files.write(Array(file.content.utf8), to: path)
        world.record("write \(path)", "brings traffic home without this tool: sh \(path)", since: start)
    }
}
