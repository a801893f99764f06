import ArgumentParser

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: "Runbook: a name under runbooks/, a folder or a file; default: the only one, or MIGRATE_RUNBOOK.")
    var runbook: String?

    @Option(help: "Environment; default: the only one, or MIGRATE_ENV.")
    var env: String?

    @Option(help: "Folder of the journals.")
    var state: String = "state"

    @Option(name: .customLong("set"), parsing: .singleValue, help: "Value of a variable, NAME=VALUE; may be repeated.")
    var settings: [String] = []

    @Option(parsing: .singleValue, help: "File with values of variables, YAML or JSON; may be repeated.")
    var values: [String] = []

    @Option(help: "AWS profile.")
    var profile: String?

    @Option(help: "AWS region.")
    var region: String?

    @Flag(help: "Print data as JSON.")
    var json = false

    @Flag(help: "Print without colour.")
    var noColor = false

    @Option(help: "Language of titles and of what is said: en, ko; default: the locale's.")
    var lang: String?

    @Flag(name: .shortAndLong, help: "Tell more on stderr.")
    var verbose = false
}
