/// Why no new runbook can be made.
enum InitFault: Error {
    case noTemplates(in: [String])
    case whichTemplate(known: [String])
    case noSuchTemplate(String, known: [String])
    case unfitName(String)
    case folderTaken(String)
    case environmentTaken(String)

    /// What to say about it.
    var message: Message {
        switch self {
        case .noTemplates(let places):
            Message(
                "there is no runbook to begin with in \(Phrasebook.quoted(places))",
                hint: "`--templates FOLDER` gives the folder that holds them",
                .usage
            )
        case .whichTemplate(let known):
            Message("which template?", hint: "give `--from`; \(Phrasebook.list(known, of: "templates"))", .usage)
        case .noSuchTemplate(let name, let known):
            Message("there is no template `\(name)`", hint: Phrasebook.list(known, of: "templates"), .usage)
        case .unfitName(let name):
            Message(
                "`\(name)` cannot name a runbook",
                hint: "the name is also a file's: small letters, digits and `-`",
                .usage
            )
        case .folderTaken(let folder):
            Message(
                "there is something at `\(folder)` already, so nothing was made",
                hint: "give another name, or another folder with `--to`",
                .usage
            )
        case .environmentTaken(let name):
            Message(
                "environment `\(name)` comes with the template: it is the one of rehearsals",
                hint: "give another with `--env`, as in `--env prod`",
                .usage
            )
        }
    }
}
