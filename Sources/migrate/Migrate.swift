import ArgumentParser
import Foundation
import Glibc
import MigrateCore

/// The command line.
@main
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Carries a production system from one platform to another, with a proved way back.",
        version: ToolVersion.text,
        subcommands: [
            RunCommand.self, ResumeCommand.self, StatusCommand.self, BackOutCommand.self, RollbackCommand.self,
            ApproveCommand.self, RevokeCommand.self, RejectCommand.self, AcceptCommand.self, CancelCommand.self,
            RetryCommand.self, SkipCommand.self, ResolveCommand.self, DoneCommand.self,
            PauseCommand.self, TakeoverCommand.self, PlanCommand.self, VerifyCommand.self, ValidateCommand.self,
            ReviseCommand.self,
            LogCommand.self, ShowCommand.self, ReportCommand.self, ServeCommand.self, GraphCommand.self,
            KindsCommand.self, PolicyCommand.self, CostCommand.self, InitCommand.self,
            SandboxCommand.self,
            RehearseCommand.self,
            DoctorCommand.self,
        ]
    )

    static func main() async {
        // Why: OpenSSL writes to sockets on threads that are not ours to guard.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            let arguments = CommandLine.arguments
            let language = Language(arguments: arguments, environment: ProcessInfo.processInfo.environment)
            let words = UsageWords.text(of: fullMessage(for: error), arguments: arguments, in: language)
            Exit.now(.usage, saying: words)
        }
    }
}

/// Version of the tool, kept in journals.
enum ToolVersion {
    static let text = "0.1.0"
}
