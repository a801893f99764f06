import MigrateCore
import Testing

@testable import Reports

/// What the board is told, at once and bit by bit.
@Suite struct RunPictureTests {
    private func picture(of story: Story) -> RunPicture {
        var picture = RunPicture(header: story.state.header)
        _ = picture.take(story.entries, head: "beef")
        return picture
    }

    private func document(_ picture: RunPicture, at now: Timestamp) -> Value {
        picture.document(of: picture.snapshot(holder: nil, isHolderAlive: true), at: now)
    }

    @Test(arguments: [
        Story.waiting, .failed, .inDoubt, .shifting, .backedOut, .succeeded, .rolledBack, .rollbackFailed,
    ])
    func takenBitByBitItIsTheSame(_ story: Story) {
        var slowly = RunPicture(header: story.state.header)
        for entry in story.entries { _ = slowly.take([entry], head: "beef") }
        #expect(document(slowly, at: story.time) == document(picture(of: story), at: story.time))
    }

    /// The members that were there stay English, for programs.
    @Test func sentencesAreThereInTheLanguagesOfThePage() throws {
        let run = document(picture(of: .failed), at: Story.failed.time)["run"]
        #expect(run["words"]["next"]["en"] == run["next"])
        #expect(run["words"]["status_text"]["en"] == run["status_text"])
        #expect(run["words"]["status_text"]["ko"] == "일시 중지: 단계 `repositories[loki]` 실패")
        let log = try #require(document(picture(of: .failed), at: Story.failed.time)["log"].array)
        let begun = try #require(log.first)
        #expect(begun["text"] == "run to the end")
        #expect(begun["words"]["text"] == ["en": "run to the end", "ko": "끝까지 실행"])
        let probed = try #require(log.first { $0["step"] == "network" })
        #expect(probed["words"].isNull, "what the world said has one form")
    }

    @Test func aChangeNamesTheStepsItTouchedAndNoOther() throws {
        let story = Story.failed
        var picture = RunPicture(header: story.state.header)
        _ = picture.take(Array(story.entries.prefix(5)), head: nil)
        let change = picture.take(Array(story.entries[5...]), head: "beef")
        let told = picture.document(
            of: change,
            snapshot: picture.snapshot(holder: nil, isHolderAlive: true),
            at: story.time
        )
        #expect(
            told["steps"].array?.map { $0["id"].interpolated } == ["repositories[mimir]", "repositories[loki]"]
        )
        #expect(told["steps"].array?.last?["phase"] == "phase-1")
        #expect(told["run"]["chain"]["head"] == "beef")
    }

    @Test func aShiftIsDrawnByWhatSettled() throws {
        let shift = try #require(document(picture(of: .shifting), at: Story.shifting.time)["shifts"].array?.first)
        #expect(shift["step"] == "shift")
        #expect(shift["points"].array?.map { $0["weight"].interpolated } == ["0", "100"])
        #expect(shift["returned"] == false)
        let home = try #require(document(picture(of: .backedOut), at: Story.backedOut.time)["shifts"].array?.first)
        #expect(home["points"].array?.map { $0["weight"].interpolated } == ["0", "100", "0"])
        #expect(home["returned"] == true)
    }

    @Test func whatWentAnotherWayIsListedWithWhoAndWhy() {
        let deviations = document(picture(of: .waiting), at: Story.waiting.time)["deviations"]
        #expect(
            deviations.array?.map { "\($0["step"].interpolated) \($0["kind"].interpolated) \($0["by"].interpolated)" }
                == ["backup skipped sungho"]
        )
        let home = document(picture(of: .backedOut), at: Story.backedOut.time)["deviations"]
        #expect(home.array?.map { $0["kind"].interpolated }.last == "backed_out")
        #expect(home.array?.last?["reason"] == "http: 503 from the new side")
    }

    /// The journal alone cannot tell whether a way back is open now.
    @Test func aWayBackIsOnRecordAndNotReady() {
        let ways = document(picture(of: .shifting), at: Story.shifting.time)["readiness"].array ?? []
        #expect(!ways.isEmpty)
        #expect(ways.allSatisfy { ["recorded", "keep", "impossible"].contains($0["state"].interpolated) })
    }

    @Test func aStepThatItsConditionLeavesOutIsNoDeviation() {
        let entry = JournalEntry(
            sequence: 1,
            at: Timestamp(milliseconds: 0),
            event: .step(StepID("network"), .skipped(reason: "its condition does not hold", by: nil))
        )
        #expect(Deviation(entry) == nil)
    }
}

extension Story: CustomTestStringConvertible {
    var testDescription: String { "\(state.sequence) events" }
}
