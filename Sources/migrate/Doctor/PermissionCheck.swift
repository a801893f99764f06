import AWSClient
import MigrateCore
import Reports

/// Asks IAM whether whoever runs this may do what a runbook needs.
struct PermissionCheck {
    let client: AWSClient
    /// ARN of the caller.
    let identity: String
    /// What it is said in.
    let language: Language

    /// Most actions that one simulation is asked about.
    private static let batch = 40

    /// One line when all is allowed, one for each half that is not, or that it cannot be checked.
    func findings(of policy: RunbookPolicy) async -> [CheckFinding] {
        let what = language.says("permissions", ko: "권한")
        do {
            guard let principal = try await principal() else {
                let words = language.says(
                    "the account's root user may do everything",
                    ko: "계정의 루트 사용자는 모든 작업을 할 수 있음"
                )
                return [CheckFinding(what, words, .pass)]
            }
            var findings: [CheckFinding] = []
            for part in RunbookPolicy.Part.allCases {
                let needs = policy.needsByScope(part)
                let answer = try await simulate(needs, principal)
                findings.append(finding(part, answer, count: needs.reduce(0) { $0 + $1.actions.count }))
            }
            return findings
        } catch {
            return [
                CheckFinding(
                    what,
                    language.says(
                        "cannot be checked: \(Phrasebook.message(for: error, in: language).text)",
                        ko: "확인할 수 없음: \(Phrasebook.message(for: error, in: language).text)"
                    ),
                    .unknown,
                    hint: language.says(
                        "allow `iam:SimulatePrincipalPolicy` to whoever runs this, or compare with `migrate policy`",
                        ko: "실행하는 주체에 `iam:SimulatePrincipalPolicy`를 허용하거나 `migrate policy`와 비교"
                    )
                )
            ]
        }
    }

    /// What the simulation said.
    private struct Answer {
        /// Actions that are denied on what the runbook names.
        var denied: [String] = []
        /// Actions whose resource is known only during the run: denied on the pattern, perhaps not on the thing.
        var open: [String] = []
    }

    /// ARN of the user or role behind the caller; nil for the root user.
    private func principal() async throws -> String? {
        // `arn:aws:sts::123456789012:assumed-role/NAME/SESSION`
        let parts = identity.split(separator: ":", maxSplits: 5).map(String.init)
        let name = parts.last ?? ""
        if name == "root" { return nil }
        guard name.hasPrefix("assumed-role/") else { return identity }
        let role = name.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        // Why asked: a role's path is in its ARN and not in its sessions'.
        return try await client.iam.getRole(.init(roleName: role)).value.role.arn
    }

    private func simulate(
        _ needs: [(scope: RunbookPolicy.Scope, actions: [String])],
        _ principal: String
    ) async throws -> Answer {
        var answer = Answer()
        for (scope, actions) in needs {
            for start in stride(from: 0, to: actions.count, by: Self.batch) {
                let asked = Array(actions[start..<min(start + Self.batch, actions.count)])
                var input = IAM.SimulatePrincipalPolicyInput(policySourceArn: principal, actionNames: asked)
                input.resourceArns = scope.resources
                input.contextEntries = scope.passedTo.map { service in
                    [
                        .init(
                            contextKeyName: RunbookPolicy.passedToKey,
                            contextKeyValues: [service],
                            contextKeyType: "string"
                        )
                    ]
                }
                for result in try await results(input) where result.evalDecision != "allowed" {
                    let isOpen = result.evalResourceName.map { $0 != "*" && $0.contains("*") } ?? false
                    if isOpen {
                        answer.open.append(result.evalActionName)
                    } else {
                        answer.denied.append(result.evalActionName)
                    }
                }
            }
        }
        return answer
    }

    private func results(_ first: IAM.SimulatePrincipalPolicyInput) async throws -> [IAM.EvaluationResult] {
        var input = first
        var all: [IAM.EvaluationResult] = []
        while true {
            let page = try await client.iam.simulatePrincipalPolicy(input).value
            all += page.evaluationResults
            guard page.isTruncated == true, let marker = page.marker, marker != input.marker else { return all }
            input.marker = marker
        }
    }

    private func finding(_ part: RunbookPolicy.Part, _ answer: Answer, count: Int) -> CheckFinding {
        let what =
            part == .read
            ? language.says("permissions to look", ko: "조회 권한")
            : language.says("permissions to change", ko: "변경 권한")
        let hint = language.says(
            "`migrate policy --part \(part.rawValue)` prints what must be allowed",
            ko: "허용해야 하는 것을 보려면 `migrate policy --part \(part.rawValue)`"
        )
        let denied = Set(answer.denied).sorted()
        guard denied.isEmpty else {
            let names = denied.joined(separator: ", ")
            return CheckFinding(what, language.says("denied: \(names)", ko: "거부됨: \(names)"), .fail, hint: hint)
        }
        let open = Set(answer.open).sorted()
        guard open.isEmpty else {
            let names = open.joined(separator: ", ")
            let words = language.says(
                "\(count - open.count) of \(count) actions are allowed; on names known only later perhaps not: \(names)",
                ko: "작업 \(count)개 중 \(count - open.count)개 허용됨; 나중에 정해지는 이름에는 거부될 수 있음: \(names)"
            )
            return CheckFinding(what, words, .unknown, hint: hint)
        }
        return CheckFinding(what, language.says("\(count) actions are allowed", ko: "작업 \(count)개 허용됨"), .pass)
    }
}
