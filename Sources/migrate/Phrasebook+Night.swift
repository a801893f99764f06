import MigrateCore
import Reports

/// What is said while a run is carried on or back, in the operator's language.
extension Phrasebook {
    static func stopping(in language: Language) -> String {
        language.says(
            """
            stopping: the call in hand is finished first, nothing new starts
            press Ctrl-C again to end at once, which leaves that call in doubt, on record
            """,
            ko: """
                멈추는 중: 진행 중인 호출만 끝내고 새로 시작하지 않음
                즉시 끝내려면 Ctrl-C를 한 번 더; 그 호출은 결과 불명으로 기록됨
                """
        )
    }

    static func heldOpen(scripts: String, in language: Language) -> String {
        let words = language.says(
            "halted, and watching the traffic that is away: `migrate resume` goes on, `migrate back-out` brings it home",
            ko: "멈춤, 새 환경으로 간 트래픽을 감시 중: 이어 가려면 `migrate resume`, 기존 환경으로 되돌리려면 `migrate back-out`"
        )
        let indent = String(repeating: " ", count: 10)
        return indent + words + "\n" + indent + withoutUs(scripts, in: language)
    }

    static func leftAway(scripts: String, in language: Language) -> String {
        let words = language.says(
            "warning: traffic is away, and nobody watches it any more: `migrate back-out` brings it home",
            ko: "경고: 트래픽이 새 환경에 있는데 아무도 감시하지 않음: 기존 환경으로 되돌리려면 `migrate back-out`"
        )
        return words + "\n" + withoutUs(scripts, in: language)
    }

    /// What brings traffic home where this tool cannot.
    private static func withoutUs(_ scripts: String, in language: Language) -> String {
        language.says(
            "without this tool the newest script in \(scripts) does",
            ko: "이 도구 없이 되돌리려면 \(scripts)의 가장 최근 스크립트"
        )
    }

    static func trafficIsHome(in language: Language) -> String {
        language.says("traffic is at home; nothing was touched", ko: "트래픽은 기존 환경에 있음; 아무것도 건드리지 않음")
    }

    static func holderGone(in language: Language) -> String {
        language.says(
            "the process that was bringing traffic home is gone; going on from here",
            ko: "트래픽을 되돌리던 프로세스가 사라짐; 여기서 이어서 진행"
        )
    }

    static func nothingToUndo(in language: Language) -> String {
        language.says("nothing is left to undo; nothing was touched", ko: "되돌릴 것이 없음; 아무것도 건드리지 않음")
    }

    static func endedAtOnce(in language: Language) -> String {
        language.says(
            "ended at once; `migrate run` finds out what became of the call in hand",
            ko: "즉시 종료함; 진행 중이던 호출의 결과는 `migrate run`이 확인함"
        )
    }

    static func leaseNotReleased(_ error: any Error, in language: Language) -> String {
        let why = message(for: error, in: language).text
        return language.says(
            "warning: the lease could not be released: \(why); it is free as soon as this process is gone",
            ko: "경고: 점유를 풀지 못함: \(why); 이 프로세스가 끝나면 곧 풀림"
        )
    }

    static func programsNotRemoved(_ error: any Error, in language: Language) -> String {
        let why = message(for: error, in: language).text
        return language.says(
            "warning: what earlier programs left could not be removed: \(why)",
            ko: "경고: 앞선 프로그램이 남긴 것을 지우지 못함: \(why)"
        )
    }

    static func beware(_ step: StepID, _ cost: String?, in language: Language) -> String {
        let cost = cost ?? ReportWords.unknownReturnCost(in: language)
        return language.says(
            "past the point of no return `\(step)`: \(cost)",
            ko: "되돌아올 수 없는 지점 `\(step)`을(를) 지남: \(cost)"
        )
    }

    static func taken(_ act: RunRequest.Act, in language: Language) -> String {
        let act = ReportWords.text(of: act, in: language)
        return language.says("taken: \(act)", ko: "접수됨: \(act)")
    }

    static func taken(_ act: RunRequest.Act, waitedForBy step: StepID, in language: Language) -> String {
        taken(act, in: language) + language.says(", which `\(step)` waits for", ko: " (`\(step)` 단계가 기다리던 승인)")
    }

    static func asked(_ holder: LeaseRecord, to act: RunRequest.Act, in language: Language) -> String {
        let (holder, act) = (words(holder, in: language), ReportWords.text(of: act, in: language))
        return language.says("asked \(holder) to \(act)", ko: "\(holder)에 요청함: \(act)")
    }

    static func takenOver(in language: Language) -> String {
        language.says("taken over; `migrate run` goes on from here", ko: "점유를 넘겨받음; 이어 가려면 `migrate run`")
    }

    static func sound(_ plan: Plan, in language: Language) -> String {
        let (phases, steps) = (plan.phases.count, plan.steps.count)
        return language.says(
            "`\(plan.runbook)` in `\(plan.environment)` is sound: \(phases) phases, \(steps) steps",
            ko: "`\(plan.environment)` 환경의 `\(plan.runbook)` 이상 없음: 페이즈 \(phases)개, 단계 \(steps)개"
        )
    }

    static func noCosts(_ error: any Error, in language: Language) -> String {
        let why = message(for: error, in: language).text
        return language.says("note: the report has no costs: \(why)", ko: "참고: 보고서에 비용이 없음: \(why)")
    }

    static func notAppended(_ error: any Error, in language: Language) -> String {
        let why = message(for: error, in: language).text
        return language.says("warning: \(why)", ko: "경고: \(why)")
    }

    static func mayApprove(in language: Language) -> String { language.says("approve?", ko: "승인할까요?") }

    static func mayRollBack(in language: Language) -> String { language.says("roll back?", ko: "되돌릴까요?") }

    static func broken(at event: Int, run: Int, in language: Language) -> String {
        language.says(
            "run \(run): the record is broken at event \(event)",
            ko: "실행 \(run): 기록이 이벤트 \(event)에서 깨짐"
        )
    }

    static func whole(_ count: Int, head: String, run: Int, in language: Language) -> String {
        language.says(
            "run \(run): \(count) events, whole; head \(head)",
            ko: "실행 \(run): 이벤트 \(count)개, 온전함; 헤드 \(head)"
        )
    }
}
