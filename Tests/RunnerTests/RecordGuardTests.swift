import MigrateCore
import Synchronization
import TestSupport
import Testing

@testable import Runner

/// What a shift changes is looked at in every round of a soak.
@Suite struct RecordGuardTests {
    private static let soak: Duration = .seconds(900)

    /// A part of a shift that all changes one record.
    private static func part(_ name: String, _ traffic: KindDeclaration.TrafficRole, needs: [String] = []) -> PlanStep {
        var step = PlanStep.make("shift/\(name)", needs: needs.map { "shift/\($0)" })
        step.work = .action(
            ActionCall(kind: "thing", parameters: ["name": "record", "want": .string(name)], effect: .reconcilable)
        )
        step.traffic = traffic
        step.composite = "shift"
        return step
    }

    private static func bench() -> Bench {
        var soak = PlanStep(
            id: "shift/soak-w10",
            phase: "phase-1",
            title: LocalizedText("soak"),
            work: .soak("15m"),
            needs: ["shift/w10"],
            onFailure: .backOut
        )
        soak.composite = "shift"
        soak.watch = [ProbeCall(kind: "watch", parameters: [:])]
        return Bench([
            part("convert", .home), part("w10", .away, needs: ["convert"]), soak,
            part("w100", .away, needs: ["soak-w10"]),
        ])
    }

    /// How long after the soak began it was over, and the events of the run, when `edit` is done before the fifth look.
    private func soaked(
        _ edit: @escaping @Sendable (inout [String: Value]) -> Void
    ) async throws -> (length: Duration?, events: [RunEvent], bench: Bench) {
        let bench = Self.bench()
        let stop = StopWish()
        bench.cloud.state.withLock {
            $0.atProbe = { things, count in
                if count == 4 { edit(&things) }
                // Traffic that stays away is watched until somebody stops it.
                if count == 90 { stop.utter() }
            }
        }
        _ = try await bench.run(stop: stop)
        let header = try #require(try bench.journal.latestRun())
        let entries = try bench.journal.events(of: header.number)
        let began = entries.first { if case .step(_, .soakStarted) = $0.event { true } else { false } }?.at
        let over = entries.first {
            switch $0.event {
            case .step("shift/soak-w10", .failed), .step("shift/soak-w10", .succeeded): true
            default: false
            }
        }?.at
        let length = began.flatMap { began in over.map { $0 - began } }
        return (length, entries.map(\.event), bench)
    }

    @Test func anEditIsSeenInTheRoundAfterItAndNothingIsTouched() async throws {
        let found = try await soaked { $0["record"] = "edited" }
        #expect(try #require(found.length) <= .seconds(75))
        let conflicts = found.events.compactMap { event -> [Value]? in
            guard case .change(_, .conflicted(let ours, let theirs, _, _)) = event else { return nil }
            return [ours, theirs]
        }
        #expect(conflicts == [["w10", "edited"]])
        #expect(found.bench.things["record"] == "edited")
        #expect(found.bench.calls == ["record=\"convert\"", "record=\"w10\""])
    }

    @Test func aRecordThatStaysAsItWasLeftLetsTheSoakBe() async throws {
        let found = try await soaked { _ in }
        #expect(found.length == Self.soak)
        #expect(found.bench.things["record"] == "w100")
    }

    @Test func trafficThatSomebodyBroughtHomeByHandIsHome() async throws {
        let found = try await soaked { $0["record"] = "convert" }
        #expect(try #require(found.length) <= .seconds(75))
        #expect(found.events.contains(.run(.backOutEnded(isHome: true))))
        #expect(found.bench.things["record"] == "convert")
    }
}

extension StepID: ExpressibleByStringLiteral {
    /// Makes an id.
    public init(stringLiteral value: String) { self.init(value) }
}

extension PhaseID: ExpressibleByStringLiteral {
    /// Makes an id.
    public init(stringLiteral value: String) { self.init(value) }
}
