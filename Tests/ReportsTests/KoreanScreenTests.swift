import Foundation
import MigrateCore
import Testing

@testable import Reports

/// Screens in Korean, and the widths of both languages.
@Suite struct KoreanScreenTests {
    private static let nights: [Story] = [
        Story(), .waiting, .failed, .inDoubt, .shifting, .heldOpen, .stalled, .backedOut, .succeeded, .rolledBack,
        .rollbackFailed,
    ]

    private func screen(_ story: Story, isHeld: Bool = false, isAlive: Bool = true) -> String {
        StatusReport.text(
            of: story.snapshot(isHeld: isHeld, isHolderAlive: isAlive),
            at: story.time,
            style: Style(language: .korean, width: 80)
        )
    }

    @Test func nothingHasRun() {
        let snapshot = RunSnapshot(plan: .lgtm)
        #expect(
            StatusReport.text(of: snapshot, at: Story().time, style: Style(language: .korean, width: 80)) == """
                lgtm-fargate · prod  LGTM 스택 EC2 → ECS Fargate 마이그레이션
                아직 실행한 것이 없음

                  · phase-1  준비         0/4  계획 1일
                  · phase-5  트래픽 전환  0/4  계획 1분

                다음: 무엇을 할지 미리 보려면 `migrate plan`, 시작하려면 `migrate run`
                """
        )
    }

    @Test func waitingForPeople() {
        #expect(
            screen(.waiting, isHeld: true) == """
                lgtm-fargate · prod · 실행 3  LGTM 스택 EC2 → ECS Fargate 마이그레이션
                승인 `cutover` 대기 중
                2027-01-15T08:00:00Z sungho 시작, 1분 35초 전; 이벤트 14개; 마지막 1분 30초 전
                리허설: 모든 대기 시간 1/60
                점유: sungho@bastion, 프로세스 4711, `run`, 갱신 방금

                  ✓ phase-1  준비         4/4  1일 중 5초
                  … phase-5  트래픽 전환  0/4  1분 중 1분 30초
                    … approve  승인 대기 09:00:05까지 (58분 30초 뒤)
                      이후 3개 더

                건너뜀 (실행하지 않음): backup

                다음: 09:00:05까지 `migrate approve cutover` 또는 `migrate reject cutover`
                """
        )
    }

    @Test func aChangeInDoubt() {
        #expect(
            screen(.inDoubt) == """
                lgtm-fargate · prod · 실행 3  LGTM 스택 EC2 → ECS Fargate 마이그레이션
                일시 중지: `repositories[mimir]`의 변경이 적용되었는지 알 수 없음
                2027-01-15T08:00:00Z sungho 시작, 2초 전; 이벤트 9개; 마지막 방금

                  ? phase-1  준비         1/4  1일 중 2초
                    ? repositories[mimir]  결과 불명
                      이후 2개 더
                  · phase-5  트래픽 전환  0/4  계획 1분

                ? repositories[mimir]  ecr.repository, 결과 불명
                  no answer to CreateRepository after 30s; the repository is neither there nor
                  not

                다음: 적용되었는지 직접 확인한 뒤 `migrate resolve 'repositories[mimir]'
                      --applied --reason WHY` 또는 `--not-applied`
                """
        )
    }

    @Test func trafficOnItsWay() {
        #expect(
            screen(.shifting, isHeld: true) == """
                lgtm-fargate · prod · 실행 3  LGTM 스택 EC2 → ECS Fargate 마이그레이션
                08:05:11까지 대기 중
                2027-01-15T08:00:00Z sungho 시작, 56초 전; 이벤트 25개; 마지막 45초 전
                점유: sungho@bastion, 프로세스 4711, `run`, 갱신 방금

                  ✓ phase-1  준비         4/4  1일 중 5초
                  … phase-5  트래픽 전환  3/4  1분 중 51초
                    … shift/soak-w10  관찰 중 08:05:11까지 (4분 15초 뒤)

                건너뜀 (실행하지 않음): backup

                다음: 08:05:11까지 할 일 없음(4분 15초 뒤); 트래픽을 기존 환경으로 되돌리려면
                      `migrate back-out`
                """
        )
    }

    @Test func aRollbackThatStopped() {
        #expect(
            screen(.rollbackFailed) == """
                lgtm-fargate · prod · 실행 3  LGTM 스택 EC2 → ECS Fargate 마이그레이션
                되돌리기가 `repositories[mimir]`에서 멈춤
                2027-01-15T08:00:00Z sungho 시작, 1분 50초 전; 이벤트 15개; 마지막 방금

                  ✗ phase-1  준비         1/4  1일 중 1분 50초
                    ✗ repositories[mimir]  되돌리기 실패
                    ✗ repositories[loki]   실패
                      이후 1개 더
                  · phase-5  트래픽 전환  0/4  계획 1분

                ✗ repositories[mimir]  ecr.repository, 되돌리기 실패
                  the repository holds 3 images
                  힌트: delete them first

                ✗ repositories[loki]  ecr.repository, 실패
                  the service refused: LimitExceeded, repositories in this account: 10000 of
                  10000
                  힌트: ask for a larger quota

                다음: 원인은 `migrate show 'repositories[mimir]'`; 이어서 되돌리려면 `migrate
                      rollback --continue`, 그대로 두려면 `--skip 'repositories[mimir]' --reason
                      WHY`
                """
        )
    }

    @Test(arguments: nights) func theLogOfEachNight(story: Story) {
        let lines = story.entries.compactMap { EventLine($0, in: story.state.plan, language: .korean) }
        #expect(
            lines.count == story.entries.compactMap { EventLine($0, in: story.state.plan, language: .english) }.count
        )
    }

    @Test(arguments: [40, 60, 80, 120], [Language.english, .korean]) func noLineIsWiderThanItsScreen(
        width: Int,
        language: Language
    ) {
        for story in Self.nights {
            let rows = StatusReport.rows(
                of: story.snapshot(isHeld: true),
                at: story.time,
                style: Style(language: language, width: width),
                showsAll: true,
                height: 200
            )
            #expect(rows.allSatisfy { $0.cells <= width })
            #expect(rows.allSatisfy { TextWidth.cells(of: $0.text) <= width })
        }
    }

    /// Times stand one below the other whatever the widths of titles.
    @Test func columnsOfPhasesAreKept() {
        let lines = screen(.failed).split(separator: "\n").filter { $0.contains("phase-") }
        let places = lines.compactMap { line in
            line.firstMatch(of: /\d\/\d/).map { TextWidth.cells(of: line[..<$0.range.lowerBound]) }
        }
        #expect(places.count == 2 && Set(places).count == 1)
    }

    /// One thing has one name, wherever it is looked at.
    @Test func wordsForStatesAreTheBoards() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Board/Page/words.js")
        let words = try String(contentsOf: file, encoding: .utf8)
        for word in StateMark.words {
            let forms = "s_\(word): [\""
            let line = try #require(
                words.split(separator: "\n").first { $0.contains(forms) },
                "the board lacks \(word)"
            )
            #expect(line.hasSuffix(", \"\(StateMark.name(of: word, in: .korean))\"],"), "\(line)")
            #expect(StateMark.name(of: word, in: .english) == word)
        }
    }

    @Test func lengthsAndTimesAreSaidInKorean() {
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        let lengths: [(Duration, String)] = [
            (.milliseconds(30), "30ms"), (.milliseconds(1400), "1.4초"), (.seconds(45), "45초"), (.seconds(95), "1분 35초"),
            (.seconds(3720), "1시간 2분"), (.seconds(97200), "1일 3시간"), (.seconds(-60), "-1분"),
        ]
        for (length, words) in lengths { #expect(length.shortText(in: .korean) == words) }
        #expect(ReportTime.distance(of: now + .seconds(-180), from: now, in: .korean) == "3분 전")
        #expect(ReportTime.distance(of: now + .seconds(180), from: now, in: .korean) == "3분 뒤")
        #expect(ReportTime.distance(of: now, from: now, in: .korean) == "방금")
        #expect(ReportTime.taken(.seconds(60), of: .seconds(120), in: .korean) == "2분 중 1분")
        #expect(ReportTime.taken(nil, of: .seconds(120), in: .korean) == "계획 2분")
    }
}
