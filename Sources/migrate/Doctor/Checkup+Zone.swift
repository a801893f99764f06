import MigrateCore
import Runner
import Steps

/// What `doctor --prove-zone` is asked about.
struct ZoneUnderProof {
    /// Id or name.
    var zone: String
    /// `address:port` of its name servers; empty means to look them up.
    var servers: [String]
    /// Resolver for that; nil asks the system's.
    var resolver: String?
}

extension Checkup {
    /// What a shift counts on, proved on a throwaway record of the zone; `tell` learns of each finding as it comes.
    ///
    /// The first signal is the wish to end it, which it does once its record is gone.
    func proof(
        of given: ZoneUnderProof,
        endedBy wish: StopWish,
        tell: @Sendable (CheckFinding) -> Void
    ) async -> [CheckFinding] {
        let world: World
        do {
            world = try composition.world(for: nil)
        } catch {
            let finding = CheckFinding.failed(
                language.says("zone \(given.zone)", ko: "영역 \(given.zone)"),
                error,
                in: language
            )
            tell(finding)
            return [finding]
        }
        let signals = StopSignals(
            onFirst: {
                wish.utter()
                Talk.say(Phrasebook.proofEnds)
            },
            onSecond: { Exit.now(.interrupted) }
        )
        defer { withExtendedLifetime(signals) {} }
        let proof = ZoneProof(
            world: world,
            zone: given.zone,
            servers: given.servers,
            resolver: given.resolver,
            waits: ZoneProof.Waits(
                pause: { [clock = composition.clock] in try await clock.sleep(for: $0) },
                isStopped: { wish.isUttered }
            )
        )
        return await proof.findings { progress in
            switch progress {
            case .begun(let record): Talk.say(Phrasebook.proofBegins(record))
            case .found(let found): tell(CheckFinding(found))
            }
        }.map { CheckFinding($0) }
    }
}

extension CheckFinding {
    /// Line of what a proof found.
    init(_ found: ZoneProof.Finding) {
        self.init(found.assumption, found.seen, found.holds ? .pass : .fail, hint: found.hint)
    }
}
