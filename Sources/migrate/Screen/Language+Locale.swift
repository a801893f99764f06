import MigrateCore

extension Language {
    /// Language of messages that the locale in `environment` names; English where it names none.
    ///
    /// Source: POSIX.1-2024, Base Definitions, 8.2: of `LC_ALL`, `LC_MESSAGES` and `LANG` the first that is not empty.
    init(locale environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        // Why: what we write is UTF-8, and a terminal that takes it for another code shows no word of Korean.
        self = locale.uppercased().contains("UTF") ? Language(locale) : .english
    }

    /// Language that a command line asks for which could not be read as a whole, else the locale's.
    init(arguments: [String], environment: [String: String]) {
        let isBefore = { (place: Int) in place > 0 && arguments[place - 1] == "--lang" }
        let given = arguments.indices.first { isBefore($0) || arguments[$0].hasPrefix("--lang=") }
        self = given.map { Language(String(arguments[$0].trimmingPrefix("--lang="))) } ?? Language(locale: environment)
    }
}
