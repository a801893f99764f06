import MigrateCore
import Reports
import RunbookYAML
import Steps

/// Asks the person at the terminal what a new runbook needs to know.
struct Questionnaire {
    let runbook: Runbook
    /// Values to show beside the questions.
    let examples: [String: SourceValue]
    let style: Style

    /// What is given, and what was answered.
    ///
    /// A question that is passed over stays open; so do all that follow when the input ends.
    func answers(beside given: [String: SourceValue]) -> [String: SourceValue] {
        var values = given
        let open = EnvironmentDraft(runbook: runbook, values: given, examples: examples).missing
        guard !open.isEmpty else { return values }
        Talk.say(
            style.language.says(
                "\(open.count) values are this system's own. Enter passes one over; the file can give it later.",
                ko: "이 시스템 고유의 값이 \(open.count)개 있습니다. Enter로 건너뛸 수 있고, 나중에 파일에 적어도 됩니다."
            )
        )
        for variable in open {
            Talk.say("")
            Talk.say(QuestionReport.text(of: variable, example: examples[variable.name]?.value, style: style))
            guard let answer = answer(to: variable) else { return values }
            values.merge(answer) { $1 }
        }
        return values
    }

    /// The answer, asked for until it is one that will do; empty when it is passed over, nil when the input has ended.
    private func answer(to variable: VariableDeclaration) -> [String: SourceValue]? {
        while let text = Talk.asking("> ") {
            guard !text.allSatisfy(\.isWhitespace) else { return [:] }
            do {
                let read = try EnvironmentReader.read(setting: "\(variable.name)=\(text)", option: "answer")
                let answer = [read.name: read.value]
                let problems = Planner.problems(in: answer, of: runbook, expressions: JqExpressionChecker())
                guard !problems.isEmpty else { return answer }
                Talk.say(QuestionReport.text(of: problems, style: style))
            } catch {
                Talk.say(QuestionReport.text(of: error.all, style: style))
            }
        }
        return nil
    }
}
