import ArgumentParser
import MigrateCore
import Reports

/// A command that leaves a request for whoever holds the run, or carries it out itself.
protocol RequestingCommand: AsyncParsableCommand {
    var options: GlobalOptions { get }
    var act: RunRequest.Act { get }
}

extension RequestingCommand {
    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            try await RunKeeper(composition: composition, target: try composition.target()).request(act)
            Talk.say(Phrasebook.taken(act, in: composition.language))
            return .success
        }
    }
}

struct RevokeCommand: RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take back your own yes, while nothing that it covers has begun."
    )
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Name of the approval.") var name: String
    var act: RunRequest.Act { .revoke(name) }
}

struct AcceptCommand: RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Let a phase go on although what it requires does not hold, on record."
    )
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Phase.") var phase: String
    @Option(help: "Why.") var reason: String
    var act: RunRequest.Act { .accept(PhaseID(phase), reason: reason) }
}

struct CancelCommand: RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Give the run up for good; what it did can still be undone."
    )
    @OptionGroup var options: GlobalOptions
    @Option(help: "Why.") var reason: String
    var act: RunRequest.Act { .cancel(reason: reason) }
}

struct RejectCommand: RequestingCommand {
    static let configuration = CommandConfiguration(commandName: "reject", abstract: "Say no to an approval.")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Name of the approval.") var name: String
    @Option(help: "What you want on record.") var comment: String?
    var act: RunRequest.Act { .reject(name, comment: comment) }
}

struct RetryCommand: RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Have a failed step tried again, or a probe that has passed asked again."
    )
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Step; a loop or composite stands for what failed of it.") var step: String
    var act: RunRequest.Act { .retry(StepID(step)) }
}

struct SkipCommand: RequestingCommand {
    static let configuration = CommandConfiguration(commandName: "skip", abstract: "Leave a step out, on record.")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Step; a loop or composite stands for all of it.") var step: String
    @Option(help: "Why.") var reason: String
    var act: RunRequest.Act { .skip(StepID(step), reason: reason) }
}

struct DoneCommand: RequestingCommand {
    static let configuration = CommandConfiguration(commandName: "done", abstract: "Say that a manual step is done.")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Step.") var step: String
    @Option(help: "What you want on record.") var comment: String?
    var act: RunRequest.Act { .done(StepID(step), comment: comment) }
}

struct PauseCommand: RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Have the run stop once the calls in hand are over."
    )
    @OptionGroup var options: GlobalOptions
    var act: RunRequest.Act { .pause }
}

struct ResolveCommand: RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Say whether a change in doubt happened, after looking."
    )
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Step.") var step: String
    @Flag(help: "It happened.") var applied = false
    @Flag(help: "It did not happen.") var notApplied = false
    @Option(help: "What you saw.") var reason: String

    func validate() throws {
        guard applied != notApplied else { throw ValidationError("give one of `--applied` and `--not-applied`") }
    }

    var act: RunRequest.Act { .resolve(StepID(step), applied: applied, reason: reason) }
}

struct TakeoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "takeover",
        abstract: "Take a run from a holder that has not been heard of; then `migrate run`."
    )
    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            _ = try await keeper.carryOn("takeover", fresh: nil, shape: SessionShape(takesOver: true)) { _ in .answer }
            Talk.say(Phrasebook.takenOver(in: composition.language))
            return .success
        }
    }
}
