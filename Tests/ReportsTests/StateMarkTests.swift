import MigrateCore
import Testing

@testable import Reports

@Suite struct StateMarkTests {
    /// One of each; the switch below fails to compile when a state is added.
    private static let states: [StepState] = {
        let attempt = Attempt(step: StepID("s"), direction: .forward, number: 1)
        let problem = Problem("p")
        let change = Change(
            kind: "k",
            parameters: [:],
            from: .null,
            to: .null,
            token: "",
            effect: .reconcilable,
            summary: ""
        )
        let now = Timestamp(milliseconds: 0)
        return [
            .pending, .deciding(attempt: 1), .probing(attempt: 1), .changing(attempt, .preparing),
            .changing(attempt, .performing(change, epoch: 1)), .verifying(attempt: 1, isOwned: true),
            .soaking(attempt: 1, until: now), .waitingWindow(attempt: 1, until: now),
            .waitingApproval(attempt: 1, until: now), .waitingPerson(attempt: 1),
            .succeeded, .alreadySatisfied, .skipped(reason: ""), .failed(StepFailure(.failed, problem)),
            .failed(StepFailure(.timedOut, problem)), .failed(StepFailure(.inconclusive, problem)),
            .inDoubt(attempt, change, problem), .canceled, .rollingBack(attempt, .preparing), .rolledBack,
            .rollbackFailed(problem), .rollbackSkipped(reason: ""), .kept,
        ]
    }()

    @Test func everyStateHasAMarkOfItsOwn() {
        for state in Self.states {
            switch state {
            case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval,
                .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rollingBack,
                .rolledBack,
                .rollbackFailed, .rollbackSkipped, .kept:
                #expect(StateMark.words.contains(state.word), "\(state.word)")
            }
        }
    }

    @Test func noMarkIsOfAStateThatThereIsNot() {
        var drifted = StepRecord()
        drifted.state = .succeeded
        drifted.drift = Problem("gone")
        #expect(StateMark.words == Set(Self.states.map(\.word)).union([drifted.word]))
    }
}
