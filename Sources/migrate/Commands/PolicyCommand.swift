import ArgumentParser
import MigrateCore
import Reports
import Steps

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Print the least-privilege IAM policy of the runbook: what looking needs, and what changing needs.",
        discussion: """
            Prints `{"read": …, "change": …}`; with --part, one policy document as IAM takes it. `read` is for plan, \
            verify and doctor; run, back-out and rollback need both.
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(help: "Print one document: read or change.")
    var part: RunbookPolicy.Part?

    @Option(help: "Account that resources are in; left out, any.")
    var account: String?

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let plan = try composition.plan(try composition.target()).plan
            let policy = composition.policy(of: plan, account: account)
            let parts = part.map { [$0] } ?? RunbookPolicy.Part.allCases
            for part in parts {
                let length = policy.document(part).text.count
                if length > RunbookPolicy.characterLimit { Talk.say(Phrasebook.longPolicy(part.rawValue, length)) }
            }
            if !policy.beside.isEmpty { Talk.say(Phrasebook.policyBeside(policy.beside)) }
            let document = part.map { policy.document($0) }
            let both = Value.object(
                Dictionary(uniqueKeysWithValues: parts.map { ($0.rawValue, policy.document($0)) })
            )
            Talk.print((document ?? both).indentedText)
            return .success
        }
    }
}

extension RunbookPolicy.Part: ExpressibleByArgument {}

extension Composition {
    /// Least that IAM must allow for `plan`; in `account`, or in any.
    func policy(of plan: Plan, account: String?) -> RunbookPolicy {
        let region = options.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]
        let partition =
            switch region {
            case .some(let name) where name.hasPrefix("cn-"): "aws-cn"
            case .some(let name) where name.hasPrefix("us-gov-"): "aws-us-gov"
            case .some, .none: "aws"
            }
        let place = RunbookPolicy.Place(partition: partition, region: region, account: account)
        return RunbookPolicy(of: plan, kinds: KindTable(StepCatalog.declarations), place: place)
    }
}
