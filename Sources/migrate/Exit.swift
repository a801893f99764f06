import Glibc
import MigrateCore

/// Ends the process.
enum Exit {
    /// Ends it now, without unwinding.
    static func now(_ status: ExitStatus, saying words: String? = nil) -> Never {
        Talk.stand(on: nil)
        if let words { Talk.say(words) }
        exit(status.rawValue)
    }
}

/// Runs the body of a command and turns whatever it throws into words and an exit status.
func reporting(_ options: GlobalOptions, _ body: () async throws -> ExitStatus) async -> Never {
    let language = Composition(options: options).language
    do {
        Exit.now(try await body())
    } catch let problems as Diagnostics {
        Talk.say(DiagnosticPrinter.text(of: problems, in: language))
        Exit.now(.usage)
    } catch {
        let message = Phrasebook.message(for: error, in: language)
        Exit.now(message.status, saying: message.rendered(in: language))
    }
}
