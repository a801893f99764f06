import ArgumentParser
import Foundation
import MigrateCore

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "A whole world on this machine to rehearse in.",
        subcommands: [Up.self, Down.self, Status.self]
    )

    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start it, and print what a shell needs to use it.")

        @OptionGroup var options: GlobalOptions
        @Option(help: "World to begin with.") var scenario = "lgtm-fargate"
        @Option(parsing: .singleValue, help: "Do without: terraform, registry; may be repeated.") var without:
            [String] = []

        func run() async {
            await reporting(options) {
                let composition = Composition(options: options)
                let extra = without.flatMap { ["--without", $0] }
                let ready = try await SandboxProcess(folder: "\(options.state)/sandbox")
                    .start(scenario: scenario, extra: extra, clock: composition.clock)
                try show(ready, options)
                return .success
            }
        }
    }

    struct Down: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop it.")

        @OptionGroup var options: GlobalOptions

        func run() async {
            await reporting(options) {
                let composition = Composition(options: options)
                let stopped = try await SandboxProcess(folder: "\(options.state)/sandbox").stop(
                    clock: composition.clock
                )
                Talk.say(stopped ? "sandbox stopped" : "no sandbox runs here")
                return .success
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell whether it runs, and print what a shell needs.")

        @OptionGroup var options: GlobalOptions

        func run() async {
            await reporting(options) {
                guard let ready = try SandboxProcess(folder: "\(options.state)/sandbox").running() else {
                    throw CommandFault.sandbox("no sandbox runs here", hint: "`migrate sandbox up` starts one")
                }
                try show(ready, options)
                return .success
            }
        }
    }
}

/// Prints what the sandbox says of itself, and keeps its variables in a file for `--values`.
private func show(_ ready: Value, _ options: GlobalOptions) throws {
    let variables = "\(options.state)/sandbox/variables.json"
    try LocalFiles().write(Array((ready["variables"].indentedText + "\n").utf8), to: variables)
    if options.json {
        Talk.print(ready.indentedText)
        return
    }
    for (name, value) in (ready["environment"].object ?? [:]).sorted(by: { $0.key < $1.key }) {
        Talk.print("export \(name)='\(value.interpolated)'")
    }
    Talk.say("sandbox is up; its variables: --env sandbox --values \(variables)")
}
