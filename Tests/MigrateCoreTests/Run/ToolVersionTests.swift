import MigrateCore
import Testing

/// What a newer release wrote, an older one leaves alone.
@Suite struct ToolVersionTests {
    private func session(_ version: String?) -> Session {
        Session(epoch: 1, holder: "h", operatorName: "o", goal: .answer, toolVersion: version)
    }

    private func state(begunBy header: String, then sessions: [String?] = []) throws -> RunState {
        let night = Night([.probe("look")])
        let header = night.state.header.with(toolVersion: header)
        var machine = RunMachine(state: RunState(header: header))
        for version in sessions { _ = try machine.take(.begin(session(version)), at: night.now) }
        return machine.state
    }

    @Test(arguments: [("0.9.0", [String?]()), ("0.1.0", ["0.9.0"]), ("0.1.0", ["0.9.0", nil])])
    func anOlderToolDoesNotGoOn(begunBy: String, sessions: [String?]) throws {
        let state = try state(begunBy: begunBy, then: sessions)
        var machine = RunMachine(state: state)
        #expect(throws: RunRefusal.newerTool(found: "0.9.0", own: "0.8.7")) {
            try machine.take(.begin(session("0.8.7")), at: Timestamp(milliseconds: 0))
        }
        #expect(machine.state.sequence == state.sequence)
    }

    @Test(arguments: ["0.9.0", "0.10.0", "1.0.0", "unreleased", nil])
    func theSameOrANewerToolGoesOn(version: String?) throws {
        var machine = RunMachine(state: try state(begunBy: "0.1.0", then: ["0.9.0"]))
        _ = try machine.take(.begin(session(version)), at: Timestamp(milliseconds: 0))
        #expect(machine.state.toolVersion == version ?? "0.9.0")
    }
}

extension RunHeader {
    fileprivate func with(toolVersion: String) -> RunHeader {
        var header = self
        header.toolVersion = toolVersion
        return header
    }
}
