import Foundation
import Glibc
import MigrateCore

/// The process group of a program on record, whoever started it.
struct ProgramGroup {
    /// The program.
    let program: ChildProgram

    /// Whether it can be seen from here.
    var isOnThisHost: Bool { program.host == ProcessIdentity.host }

    /// Whether the machine has not been started anew since the program was.
    var isOfThisBoot: Bool {
        guard let own = ProcessIdentity.start(of: getpid())?.split(separator: "@").last else { return false }
        return program.processStart.split(separator: "@").last == own
    }

    /// Whether anything of it still runs.
    ///
    /// Why the group counts: its shell may have been killed alone, with the program going on. Why a process with the
    /// number and another start says no: a number is not given away again while a group of that number has members.
    var isAtWork: Bool {
        if let start = ProcessIdentity.start(of: program.process) { return start == program.processStart }
        return isOfThisBoot && !others.isEmpty
    }

    /// Sends `signal` to all of it.
    ///
    /// A kill spares the shell, so that it can say how the program ended.
    func send(_ signal: Int32) {
        guard isAtWork else { return }
        if signal == SIGKILL { return others.forEach { kill($0, signal) } }
        kill(-program.process, signal)
    }

    /// Ends the shell too, when even that did not help.
    func endShell() {
        if ProcessIdentity.start(of: program.process) == program.processStart { kill(program.process, SIGKILL) }
    }

    /// Processes of the group beside the shell that are not over.
    ///
    /// Source: proc(5), fields 3 and 5 of `/proc/PID/stat`.
    private var others: [Int32] {
        guard kill(-program.process, 0) == 0 || errno == EPERM else { return [] }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: "/proc") } catch { return [] }
        return names.compactMap { Int32($0) }.filter { id in
            guard id != program.process, let bytes = FileManager.default.contents(atPath: "/proc/\(id)/stat") else {
                return false
            }
            let stat = String(decoding: bytes, as: UTF8.self)
            guard let close = stat.lastIndex(of: ")") else { return false }
            let fields = stat[stat.index(after: close)...].split(separator: " ")
            return fields.count > 2 && fields[0] != "Z" && Int32(fields[2]) == program.process
        }
    }
}
