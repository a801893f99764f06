import Foundation
import Synchronization

/// A program at work, heard line by line.
final class RunningProgram: Sendable {
    private let process: Mutex<Process>
    private let output: Ear
    private let talk: Ear
    private let ending: AsyncStream<Int32>

    /// Starts `program`.
    init(_ program: URL, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let (outputPipe, talkPipe) = (Pipe(), Pipe())
        process.standardOutput = outputPipe
        process.standardError = talkPipe
        let (ending, end) = AsyncStream<Int32>.makeStream()
        self.ending = ending
        process.terminationHandler = { process in
            let isSignal = process.terminationReason == .uncaughtSignal
            end.yield(isSignal ? 128 + process.terminationStatus : process.terminationStatus)
            end.finish()
        }
        output = Ear(outputPipe)
        talk = Ear(talkPipe)
        try process.run()
        self.process = Mutex(process)
    }

    deinit {
        process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } }
    }

    /// Sends a signal.
    func signal(_ number: Int32) { process.withLock { _ = kill($0.processIdentifier, number) } }

    /// Waits until it has said a line with `words` on standard error; false when it ended without.
    func says(_ words: String) async -> Bool { await talk.hears(words) }

    /// Waits until it has printed a line with `words`; false when it ended without.
    func prints(_ words: String) async -> Bool { await output.hears(words) }

    /// Waits for its end.
    func outcome() async -> Outcome {
        var status: Int32 = -1
        for await ended in ending { status = ended }
        return Outcome(status: status, output: await output.everything(), talk: await talk.everything())
    }
}

/// Reads one end of a pipe to its end and remembers what came.
private final class Ear: Sendable {
    private struct Heard {
        var bytes: [UInt8] = []
        var isOver = false
        var listeners: [AsyncStream<Void>.Continuation] = []
    }

    private let heard = Mutex(Heard())

    init(_ pipe: Pipe) {
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.take(data)
        }
    }

    private func take(_ data: Data) {
        let listeners = heard.withLock { heard in
            heard.bytes += data
            heard.isOver = heard.isOver || data.isEmpty
            return heard.listeners
        }
        for listener in listeners { listener.yield(()) }
    }

    func hears(_ words: String) async -> Bool {
        await wait { $0.contains(words) }
        return heard.withLock { String(decoding: $0.bytes, as: UTF8.self).contains(words) }
    }

    func everything() async -> String {
        await wait { _ in false }
        return heard.withLock { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Waits until what came is enough, or nothing more comes.
    private func wait(for isEnough: (String) -> Bool) async {
        let (changes, listener) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        heard.withLock { $0.listeners.append(listener) }
        // Why first: what it waits for may have come before anybody listened.
        listener.yield(())
        for await _ in changes {
            let (text, isOver) = heard.withLock { (String(decoding: $0.bytes, as: UTF8.self), $0.isOver) }
            if isOver || isEnough(text) { return }
        }
    }
}
