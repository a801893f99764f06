import Steps

/// The shell that every program that changes something is started behind.
///
/// It waits for one line on its standard input, which we write once the program is on record. If we die before, the
/// pipe closes and it ends without having run anything. It outlives us, and keeps how the program ended.
enum GateScript {
    /// Shell that reads `text`; POSIX requires one here of every system.
    static let shell = "/bin/sh"

    /// Line that opens the gate.
    static let word = "go"

    /// File that says how far the program has come while it is at work.
    static let draftName = "ending.new"

    /// File that says how the program ended; it appears whole.
    static let name = "ending"

    /// Script; its arguments are the program's folder, the directory to run in, the program and its arguments.
    ///
    /// Why `1<>`: the draft has its full length from the start, so that the end can be written on a full disk.
    /// Why `trap`: who interrupts the group ends the program, and the shell must live to say how it ended.
    /// Why `command -p`: the program's PATH may hold no `mv`.
    static let text = """
        folder=$1 directory=$2
        shift 2
        say() { printf '%-15s\\n' "$1" 1<>"$folder/\(draftName)"; }
        trap : INT TERM HUP
        read -r word || exit 0
        [ "$word" = \(word) ] || exit 0
        cd -- "$directory" || exit 0
        say '\(Progress.begunWord)' || exit 0
        "$@"
        say "\(Progress.endWord) $?" && command -p mv "$folder/\(draftName)" "$folder/\(name)"
        """

    /// How far a program has come, as its folder says.
    enum Progress: Equatable {
        /// The gate has not been opened.
        case waiting
        /// The program was begun.
        case begun
        /// The program ended.
        case ended(ProcessResult.Termination)

        static let waitingWord = "waiting"
        static let begunWord = "begun"
        static let endWord = "exit"

        /// What the draft holds before the gate is opened: as long as whatever may be written over it.
        static let draft = Array("waiting        \n".utf8)

        /// Reads a file of the folder; nil when it holds nothing that the script writes.
        init?(_ bytes: [UInt8]) {
            let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            switch words.first.map(String.init) {
            case Self.waitingWord? where words.count == 1: self = .waiting
            case Self.begunWord? where words.count == 1: self = .begun
            case Self.endWord? where words.count == 2:
                guard let status = Int32(words[1]), (0...255).contains(status) else { return nil }
                // Why: a shell says 128 and the signal's number; no signal has a number above 64.
                self = .ended((129...192).contains(status) ? .signaled(status - 128) : .exited(status))
            default: return nil
            }
        }
    }
}
