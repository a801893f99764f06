import Testing

@testable import MigrateCore

/// The short way from text to event or plan gives what `Codable` gives, and leaves to it what it does not know.
@Suite struct CanonicalReadingTests {
    private func canonical<T: CanonicalReadable>(_ type: T.Type, _ text: String) -> T? {
        Array(text.utf8).withUnsafeBufferPointer { ValueDecoder.canonical(type, $0) }
    }

    private func decode(_ text: String) throws -> RunEvent {
        try Array(text.utf8).withUnsafeBufferPointer { try ValueDecoder.decode(RunEvent.self, parsing: $0) }
    }

    @Test(arguments: EventSamples.all)
    func everyEventIsReadAsCodableReadsIt(event: RunEvent) throws {
        let value = try ValueEncoder.encode(event)
        #expect(try ValueDecoder.decode(RunEvent.self, from: value) == event)
        #expect(try decode(value.text) == event)
        let short = canonical(RunEvent.self, value.text)
        #expect(short == event || short == nil && !EventSamples.frequent.contains(event.kind))
    }

    @Test(arguments: EventSamples.all)
    func everyEventIsWrittenAsCodableWritesIt(event: RunEvent) throws {
        let long = try ValueEncoder.encode(event).bytes
        #expect(try ValueEncoder.bytes(of: event) == long)
        let before = Array("before".utf8)
        var short = before
        let isWritten = event.write(into: &short)
        #expect(short == before + (isWritten ? long : []))
        #expect(isWritten == EventSamples.written.contains(event.kind))
    }

    @Test func everyKindOfEventIsSampled() {
        // Why counted: the chains of samples are exhaustive, but a case may be hung where none leads to it.
        #expect(Set(EventSamples.all.map(\.kind)).count == 52)
    }

    @Test func everyEndOfASessionIsReadAsCodableReadsIt() throws {
        for end in EventSamples.ends {
            #expect(canonical(SessionEnd.self, try ValueEncoder.encode(end).text) == end)
            guard case .paused(let reason) = end else { continue }
            #expect(canonical(PauseReason.self, try ValueEncoder.encode(reason).text) == reason)
        }
    }

    @Test func aPlanIsReadAsCodableReadsIt() throws {
        let value = try ValueEncoder.encode(PlanSamples.plan)
        #expect(try ValueDecoder.decode(Plan.self, from: value) == PlanSamples.plan)
        #expect(canonical(Plan.self, value.text) == PlanSamples.plan)
    }

    /// What a newer tool may add, and what is not canonical: read the long way, and read right.
    @Test(arguments: [
        #"{"step":{"_0":"a","_1":{"started":{"attempt":1,"new":true}}}}"#,
        #"{"step":{"_0":"a","_1":{"started":{"attempt":1}}},"new":{}}"#,
        #"{"step":{"_1":{"started":{"attempt":1}},"_0":"a"}}"#,
        #"{ "step" : {"_0": "a", "_1": {"started": {"attempt": 1.0}}} }"#,
    ])
    func otherShapesAreLeftToCodable(text: String) throws {
        #expect(canonical(RunEvent.self, text) == nil)
        #expect(try decode(text) == .step(StepID("a"), .started(attempt: 1)))
    }

    @Test func noPartOfATextIsTakenForTheWhole() throws {
        for event in EventSamples.all {
            let bytes = try ValueEncoder.bytes(of: event)
            for count in bytes.indices {
                #expect(bytes[..<count].withUnsafeBufferPointer { ValueDecoder.canonical(RunEvent.self, $0) } == nil)
            }
        }
    }

    @Test(arguments: [
        #"{"step":{"_0":"a""_1":{"succeeded":{}}}}"#, #"{,"step":{"_0":"a","_1":{"succeeded":{}}}}"#,
        #"{"step":{"_0":"a","_1":{"succeeded":{}}}}}"#, #"{"step":{"_0":"a","_1":{"unheard":{}}}}"#,
    ])
    func whatIsWrongIsRefusedByBoth(text: String) {
        #expect(canonical(RunEvent.self, text) == nil)
        #expect(throws: (any Error).self) { try decode(text) }
    }
}
