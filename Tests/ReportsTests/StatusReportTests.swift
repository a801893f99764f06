import MigrateCore
import Testing

@testable import Reports

/// Whole screens, as an operator sees them.
@Suite struct StatusReportTests {
    private func text(of snapshot: RunSnapshot, at now: Timestamp, _ style: Style) -> String {
        StatusReport.text(of: snapshot, at: now, style: style)
    }

    @Test func nothingHasRun() {
        #expect(
            text(of: RunSnapshot(plan: .lgtm), at: Story().time, Style(width: 80)) == """
                lgtm-fargate · prod  LGTM stack from EC2 to ECS Fargate
                nothing has run yet

                  · phase-1  Preparation     0/4  planned 1d
                  · phase-5  Traffic switch  0/4  planned 1m

                next: `migrate plan` shows what would happen, `migrate run` begins
                """
        )
    }

    @Test func aRunThatWaitsForPeopleSaysWhatToTypeAndBeforeWhen() {
        #expect(
            Story.waiting.screen(isHeld: true) == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                waiting for approval `cutover`
                begun 2027-01-15T08:00:00Z by sungho, 1m 35s ago; 14 events; the last 1m 30s ago
                rehearsal: every wait is divided by 60
                held by sungho@bastion, process 4711, `run`, renewed now

                  ✓ phase-1  Preparation     4/4  5s of 1d
                  … phase-5  Traffic switch  0/4  1m 30s of 1m
                    … approve  waiting_approval until 09:00:05 (in 58m 30s)
                      3 more to come

                skipped (not exercised): backup

                next: `migrate approve cutover` or `migrate reject cutover` before 09:00:05
                """
        )
    }

    @Test func aFailureIsToldInFullWithItsHint() {
        #expect(
            Story.failed.screen() == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                paused: step `repositories[loki]` failed
                begun 2027-01-15T08:00:00Z by sungho, 1m 50s ago; 11 events; the last 1m 40s ago

                  ✗ phase-1  Preparation     2/4  1m 50s of 1d
                    ✗ repositories[loki]  failed
                      1 more to come
                  · phase-5  Traffic switch  0/4  planned 1m

                ✗ repositories[loki]  ecr.repository, failed
                  the service refused: LimitExceeded, repositories in this account: 10000 of
                  10000
                  hint: ask for a larger quota

                next: `migrate show 'repositories[loki]'`; once mended `migrate run` tries it
                      again, or `migrate skip 'repositories[loki]' --reason WHY`
                """
        )
    }

    @Test func aWideScreenAndAPipeBreakNoLine() {
        let wide = Story.failed.screen(width: 120)
        #expect(wide.contains("\n  the service refused: LimitExceeded, repositories in this account: 10000 of 10000\n"))
        let piped = text(of: Story.failed.snapshot(), at: Story.failed.time, .unbounded)
        #expect(piped.hasSuffix("or `migrate skip 'repositories[loki]' --reason WHY`"))
    }

    @Test func koreanWordsKeepTheColumns() {
        #expect(
            text(of: Story.failed.snapshot(), at: Story.failed.time, Style(language: .korean, width: 80)) == """
                lgtm-fargate · prod · 실행 3  LGTM 스택 EC2 → ECS Fargate 마이그레이션
                일시 중지: 단계 `repositories[loki]` 실패
                2027-01-15T08:00:00Z sungho 시작, 1분 50초 전; 이벤트 11개; 마지막 1분 40초 전

                  ✗ phase-1  준비         2/4  1일 중 1분 50초
                    ✗ repositories[loki]  실패
                      이후 1개 더
                  · phase-5  트래픽 전환  0/4  계획 1분

                ✗ repositories[loki]  ecr.repository, 실패
                  the service refused: LimitExceeded, repositories in this account: 10000 of
                  10000
                  힌트: ask for a larger quota

                다음: 원인은 `migrate show 'repositories[loki]'`; 고친 뒤 다시 시도하려면
                      `migrate run`, 건너뛰려면 `migrate skip 'repositories[loki]' --reason WHY`
                """
        )
    }

    @Test func aChangeInDoubtIsForAPersonToResolve() {
        #expect(
            Story.inDoubt.screen() == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                paused: nobody can tell whether the change of `repositories[mimir]` happened
                begun 2027-01-15T08:00:00Z by sungho, 2s ago; 9 events; the last now

                  ? phase-1  Preparation     1/4  2s of 1d
                    ? repositories[mimir]  in_doubt
                      2 more to come
                  · phase-5  Traffic switch  0/4  planned 1m

                ? repositories[mimir]  ecr.repository, in_doubt
                  no answer to CreateRepository after 30s; the repository is neither there nor
                  not

                next: look whether it happened, then `migrate resolve 'repositories[mimir]'
                      --applied --reason WHY` or `--not-applied`
                """
        )
    }

    @Test func aDeadHolderIsAnInterruption() {
        #expect(
            Story.shifting.screen(isHeld: true, isAlive: false).hasPrefix(
                """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                interrupted: the process at work is gone; nothing is lost
                """
            )
        )
    }

    @Test func aHolderThatIsGoneHoldsNothing() {
        let screen = Story.shifting.screen(isHeld: true, isAlive: false, width: 400)
        #expect(
            screen.contains(
                "\nits holder is gone: sungho@bastion, process 4711, `run`, started 1 ticks after boot, runs no more; "
                    + "it held on last now, and the next `migrate run` or `migrate back-out` takes over by itself\n"
            )
        )
        #expect(!screen.contains("held by"))
        #expect(screen.contains("next: `migrate run` goes on from here"))
    }

    @Test func ofAHolderElsewhereNobodyKnowsThatItIsGone() {
        var snapshot = Story.shifting.snapshot(isHeld: true)
        snapshot.see(isHolderAlive: false, isLossCertain: false)
        let screen = text(of: snapshot, at: Story.shifting.time, .unbounded)
        #expect(
            screen.contains(
                "\nits holder is silent: sungho@bastion, process 4711, `run`, started 1 ticks after boot, held on "
                    + "last now; look there whether it runs, and if not type `migrate takeover`\n"
            )
        )
        #expect(screen.contains("next: once that process is gone for certain, `migrate takeover`; then"))
    }

    @Test func whatWasLeftOutIsListedAtTheEnd() {
        #expect(
            Story.succeeded.screen() == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                succeeded, with steps left out
                begun 2027-01-15T08:00:00Z by sungho, 5m 11s ago; 27 events; the last now

                  ✓ phase-1  Preparation     4/4  5s of 1d
                  ✓ phase-5  Traffic switch  4/4  5m 6s of 1m

                skipped (not exercised): backup

                next: `migrate verify` asks every probe again; `migrate rollback` undoes the
                      newest phase
                """
        )
    }

    @Test func afterARollbackNothingIsSaidToBeLeft() {
        #expect(
            Story.rolledBack.screen() == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                rolled back
                begun 2027-01-15T08:00:00Z by sungho, 1m 52s ago; 15 events; the last now

                  ↶ phase-1  Preparation     1/4  1m 52s of 1d
                    ✗ repositories[loki]  failed
                  · phase-5  Traffic switch  0/4  planned 1m

                next: nothing is left to undo; `migrate run` begins a new run
                """
        )
    }

    @Test func aStepThatCouldNotBeUndoneIsToldWithTheWaysOn() {
        #expect(
            Story.rollbackFailed.screen() == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                rollback stopped at `repositories[mimir]`
                begun 2027-01-15T08:00:00Z by sungho, 1m 50s ago; 15 events; the last now

                  ✗ phase-1  Preparation     1/4  1m 50s of 1d
                    ✗ repositories[mimir]  rollback_failed
                    ✗ repositories[loki]   failed
                      1 more to come
                  · phase-5  Traffic switch  0/4  planned 1m

                ✗ repositories[mimir]  ecr.repository, rollback_failed
                  the repository holds 3 images
                  hint: delete them first

                ✗ repositories[loki]  ecr.repository, failed
                  the service refused: LimitExceeded, repositories in this account: 10000 of
                  10000
                  hint: ask for a larger quota

                next: `migrate show 'repositories[mimir]'`; then `migrate rollback --continue`,
                      or leave it by `--skip 'repositories[mimir]' --reason WHY`
                """
        )
    }

    @Test func aRehearsalStaysOneOnEveryScreen() {
        var story = Story.waiting
        story.end(.stopped)
        #expect(story.screen().contains("\nrehearsal: every wait is divided by 60\n"))
        story.begin()
        #expect(story.screen(isHeld: true).contains("\nrehearsal: every wait is divided by 60\n"))
    }

    @Test func allStepsAreShownWhenAskedFor() {
        let screen = StatusReport.text(
            of: Story.failed.snapshot(),
            at: Story.failed.time,
            style: Style(width: 80),
            showsAll: true
        )
        for step in Plan.lgtm.steps { #expect(screen.contains(step.id.rawValue)) }
    }

    @Test func theLastLineSaysWhatToDoNext() {
        for story in [
            Story.waiting, .failed, .inDoubt, .shifting, .backedOut, .succeeded, .rolledBack, .rollbackFailed,
        ] {
            let last = story.screen(width: 400).split(separator: "\n").last ?? ""
            #expect(last.hasPrefix("next: ") && last.contains("`migrate "))
        }
    }

    @Test func noScreenIsWiderThanItsTerminal() {
        for story in [
            Story.waiting, .failed, .inDoubt, .shifting, .backedOut, .succeeded, .rolledBack, .rollbackFailed,
        ] {
            for width in [40, 60, 80, 120] {
                let lines = story.screen(isHeld: true, width: width).split(separator: "\n")
                #expect(lines.allSatisfy { TextWidth.cells(of: $0) <= width })
            }
        }
    }

    @Test func whatAServerSaidCannotActOnTheTerminal() {
        var story = Story()
        story.begin()
        story.fail("network", "\u{1B}[2Jall is well\u{1B}]0;owned\u{07}", hint: "\u{9B}2J")
        #expect(!story.screen().unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }

    @Test func jsonHasTheSameStepsAndNamesThatStay() throws {
        let json = StatusReport.json(of: Story.failed.snapshot(), at: Story.failed.time)
        #expect(json["status"] == "paused")
        #expect(json["pause"] == "failed_step")
        #expect(json["phases"].array?.flatMap { $0["steps"].array ?? [] }.count == Plan.lgtm.steps.count)
        let loki = try #require(json["phases"].array?.first?["steps"].array?[2])
        #expect(loki["problem"]["hint"] == "ask for a larger quota")
        #expect(loki["state"] == "failed")
        #expect(json["started_at"] == "2027-01-15T08:00:00Z")
    }
}
