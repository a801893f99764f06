import MigrateCore

/// Why no new runbook can be made.
enum InitFault: Error {
    case noTemplates(in: [String])
    case whichTemplate(known: [String])
    case noSuchTemplate(String, known: [String])
    case unfitName(String)
    case folderTaken(String)
    case environmentTaken(String)

    /// What to say about it.
    func message(in language: Language) -> Message {
        switch self {
        case .noTemplates(let places):
            Message(
                language.says(
                    "there is no runbook to begin with in \(Phrasebook.quoted(places))",
                    ko: "\(Phrasebook.quoted(places))에 시작할 런북이 없음"
                ),
                hint: language.says(
                    "`--templates FOLDER` gives the folder that holds them",
                    ko: "런북이 있는 폴더는 `--templates FOLDER`로 지정"
                ),
                .usage
            )
        case .whichTemplate(let known):
            Message(
                language.says("which template?", ko: "어느 템플릿입니까?"),
                hint: language.says(
                    "give `--from`; \(Self.list(known, in: language))",
                    ko: "`--from`으로 지정; \(Self.list(known, in: language))"
                ),
                .usage
            )
        case .noSuchTemplate(let name, let known):
            Message(
                language.says("there is no template `\(name)`", ko: "템플릿 `\(name)` 없음"),
                hint: Self.list(known, in: language),
                .usage
            )
        case .unfitName(let name):
            Message(
                language.says("`\(name)` cannot name a runbook", ko: "`\(name)` 이름을 런북에 쓸 수 없음"),
                hint: language.says(
                    "the name is also a file's: small letters, digits and `-`",
                    ko: "파일 이름으로도 쓰임: 소문자, 숫자, `-`"
                ),
                .usage
            )
        case .folderTaken(let folder):
            Message(
                language.says(
                    "there is something at `\(folder)` already, so nothing was made",
                    ko: "`\(folder)`에 이미 무엇이 있어 아무것도 만들지 않음"
                ),
                hint: language.says(
                    "give another name, or another folder with `--to`",
                    ko: "다른 이름을 쓰거나 다른 폴더를 `--to`로 지정"
                ),
                .usage
            )
        case .environmentTaken(let name):
            Message(
                language.says(
                    "environment `\(name)` comes with the template: it is the one of rehearsals",
                    ko: "환경 `\(name)`은 템플릿에 있는 리허설 환경"
                ),
                hint: language.says(
                    "give another with `--env`, as in `--env prod`",
                    ko: "`--env prod`처럼 다른 환경을 `--env`로 지정"
                ),
                .usage
            )
        }
    }

    private static func list(_ known: [String], in language: Language) -> String {
        guard !known.isEmpty else { return language.says("there are no templates here", ko: "여기에는 템플릿이 없음") }
        let names = known.joined(separator: ", ")
        return language.says("templates: \(names)", ko: "템플릿: \(names)")
    }
}
