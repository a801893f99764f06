import AWSClient
import ArgumentParser
import MigrateCore
import Reports
import Steps

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Say yes to an approval, having seen what it covers."
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Name of the approval.")
    var name: String

    @Option(help: "What you want on record.")
    var comment: String?

    @Option(help: "Say yes only to what has this digest, or one that begins so.")
    var digest: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @Option(name: .customLong("as"), help: "Person to say yes as; in a rehearsal only.")
    var person: String?

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let (step, subject) = try await keeper.subject(of: name)
            Talk.say(StepReport.text(of: subject, approval: name, style: composition.style))
            if let digest, !subject.digest.hasPrefix(digest) { throw CommandFault.otherSubject(name) }
            if !yes, digest == nil {
                guard let isConfirmed = Prompt.confirms(Phrasebook.mayApprove(in: keeper.language)) else {
                    throw CommandFault.nobodyToApprove(name)
                }
                guard isConfirmed else { throw CommandFault.notConfirmed }
            }
            let act = RunRequest.Act.approve(
                name,
                comment: comment,
                digest: subject.digest,
                principal: await keeper.principal()
            )
            if person != nil, try keeper.latestOrRefuse().state.timeScale == 1 { throw CommandFault.notInRehearsal }
            try await keeper.request(act, by: person ?? ProcessIdentity.user)
            Talk.say(Phrasebook.taken(act, waitedForBy: step, in: keeper.language))
            return .success
        }
    }
}

extension RunKeeper {
    /// Step that waits for the approval `name`, and what it covers.
    ///
    /// A process that is still looking is given some seconds. Throws: `CommandFault.unknownApproval`, `notAsked`.
    func subject(of name: String) async throws -> (StepID, ApprovalSubject) {
        let start = composition.clock.now()
        while true {
            let state = try latestOrRefuse().state
            let known = state.plan.approvals.map(\.name)
            guard known.contains(name) else { throw CommandFault.unknownApproval(name, known: known) }
            let asking = state.plan.steps.first { step in
                guard step.work == .confirm(approval: name), let record = state.record(of: step.id) else {
                    return false
                }
                if case .waitingApproval = record.state { return true }
                return false
            }
            guard let asking else { throw CommandFault.notAsked(name) }
            if let subject = state.record(of: asking.id)?.subject { return (asking.id, subject) }
            guard try liveHolder() != nil, composition.clock.now() - start < Self.patience else {
                throw CommandFault.subjectUnknown(name)
            }
            try await composition.clock.sleep(for: Self.interval)
        }
    }

    /// Principal that our AWS credentials name; nil where there are none to ask with.
    ///
    /// Why no error: it is evidence beside the user's name, and whoever approves need not have AWS at hand.
    func principal() async -> String? {
        do {
            let world = try composition.world(for: try latest()?.state.plan)
            return try await world.aws.sts.getCallerIdentity(.init()).value.arn
        } catch { return nil }
    }
}
