import MigrateCore
import Testing

/// The kind of an event is the name that its JSON has.
@Suite struct EventKindTests {
    private static let attempt = Attempt(step: StepID("a"), direction: .back, number: 1)
    private static let problem = Problem("no")

    private static let events: [RunEvent] = [
        .run(.sessionEnded(.stopped)),
        .run(.backOutStarted(reason: "", by: nil)),
        .run(.phaseEnded(PhaseID("p"))),
        .step(StepID("a"), .started(attempt: 1)),
        .step(StepID("a"), .conditionHeld),
        .step(StepID("a"), .succeeded),
        .step(StepID("a"), .failed(StepFailure(.failed, problem))),
        .step(StepID("a"), .reset(by: nil)),
        .change(attempt, .returnStarted),
        .change(attempt, .applied(receipt: .null)),
        .change(attempt, .outcomeUnknown(problem)),
        .change(attempt, .settled(after: .null, summary: "", captures: [:])),
    ]

    @Test(arguments: events)
    func kindIsFamilyAndCase(event: RunEvent) throws {
        let parts = event.kind.split(separator: ".").map(String.init)
        let content = try ValueEncoder.encode(event)[parts[0]]
        let fact = content["_1"].isNull ? content["_0"] : content["_1"]
        #expect(fact.object?.keys.first == parts[1])
    }
}
