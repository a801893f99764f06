import ArgumentParser
import MigrateCore
import Reports
import Steps

struct KindsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds",
        abstract: "List the kinds of steps, or describe one."
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Kind.")
    var kind: String?

    func run() async {
        await reporting(options) {
            let all = StepCatalog.declarations
            let style = Composition(options: options).style
            guard let kind else {
                Talk.print(
                    options.json ? KindsReport.json(of: all).indentedText : KindsReport.list(of: all, style: style)
                )
                return .success
            }
            let found = all.filter { $0.name == kind }
            guard !found.isEmpty else {
                throw CommandFault.unknownKind(
                    kind,
                    suggestion: Spelling.suggestion(for: kind, among: all.map(\.name))
                )
            }
            Talk.print(
                options.json
                    ? KindsReport.json(of: found).indentedText
                    : found.map { KindsReport.page(of: $0, style: style) }.joined(separator: "\n\n")
            )
            return .success
        }
    }
}
