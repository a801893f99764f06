import ArgumentParser
import Foundation
import MigrateCore
import Reports
import RunbookYAML
import Steps

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new runbook from one of those that came with the tool.",
        discussion: """
            Copies all files of the template under the new name and writes `environments/ENV.yaml` (default: prod) with \
            what `--set`, `--values` and the answers give. At a terminal it asks for what is missing; elsewhere, or with \
            --no-questions, that is left to be filled in.
            """
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Name of the new runbook: small letters, digits and `-`.")
    var name: String

    @Option(help: "Template to make it from.")
    var from: String?

    @Option(help: "Folder to make; default: NAME under runbooks/.")
    var to: String?

    @Option(help: "Folder that holds the templates; default: those that came with the tool.")
    var templates: String?

    @Flag(help: "Ask nothing.")
    var noQuestions = false

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let environment = options.env ?? "prod"
            guard RunbookReader.isName(name) else { throw InitFault.unfitName(name) }
            guard RunbookReader.isName(environment) else { throw InitFault.unfitName(environment) }
            guard environment != "sandbox" else { throw InitFault.environmentTaken(environment) }
            let folder = to ?? "runbooks/\(name)"
            guard !FileManager.default.fileExists(atPath: folder) else { throw InitFault.folderTaken(folder) }
            let template = try template(composition)
            let draft = try draft(of: template, composition)
            let file = "environments/\(environment).yaml"
            let files = try template.copy(
                as: name,
                to: folder,
                adding: [file: draft.text(language: composition.language.code)]
            )
            let made = NewRunbook(
                folder: folder,
                template: template.name,
                environment: file,
                files: files,
                missing: draft.missing.map(\.name)
            )
            Talk.print(options.json ? made.json.indentedText : made.text(naming: environment, in: composition.language))
            return .success
        }
    }

    private func template(_ composition: Composition) throws -> RunbookTemplate {
        let shelf = try TemplateShelf.find(templates)
        if let from { return try shelf.template(from) }
        let names = shelf.names
        guard asks else { throw InitFault.whichTemplate(known: names) }
        for (number, name) in zip(1..., names) {
            let title = try composition.runbook(in: shelf.template(name).runbook).title
            Talk.say("\(number)  \(name): \(title.text(in: composition.language))")
        }
        let question = composition.language.says(
            "Which template? [1–\(names.count)] ",
            ko: "어느 템플릿입니까? [1–\(names.count)] "
        )
        while let answer = Talk.asking(question)?.trimmingCharacters(in: .whitespaces) {
            if let number = Int(answer), (1...names.count).contains(number) {
                return try shelf.template(names[number - 1])
            }
            if names.contains(answer) { return try shelf.template(answer) }
        }
        throw InitFault.whichTemplate(known: names)
    }

    /// The environment's file, with what is given and answered.
    ///
    /// Throws: `Diagnostics` with every mistake in what is given; `CommandFault` for a file that cannot be read.
    private func draft(of template: RunbookTemplate, _ composition: Composition) throws -> EnvironmentDraft {
        let runbook = try composition.runbook(in: template.runbook)
        let examples = try composition.files.read(template.examples).map { bytes in
            try EnvironmentReader.read(text: String(decoding: bytes, as: UTF8.self), file: template.examples)
        }
        var (values, problems) = try composition.values(in: options.values)
        problems += Planner.problems(in: values, of: runbook, expressions: JqExpressionChecker())
        guard problems.isEmpty else { throw Diagnostics(problems) }
        if asks {
            values = Questionnaire(runbook: runbook, examples: examples ?? [:], style: composition.style).answers(
                beside: values
            )
        }
        return EnvironmentDraft(runbook: runbook, values: values, examples: examples ?? [:])
    }

    private var asks: Bool { !noQuestions && Prompt.hasSomebody }
}
