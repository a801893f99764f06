import MigrateCore
import Reports

/// What all viewers see: reads the journal when it has grown, and tells each viewer what is different.
actor BoardFeed {
    private let source: any BoardSource
    private let now: @Sendable () -> Timestamp
    private let reason: @Sendable (any Error) -> String
    private var picture: RunPicture?
    private var news = BoardNews(run: 0, sequence: 0, head: nil)
    private var holder: (record: LeaseRecord?, isAlive: Bool) = (nil, false)
    private var viewers: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    private var viewersEver = 0
    /// When the journal was read last.
    private var readAt: Timestamp?
    private var failures = 0
    /// Why the journal cannot be read any more; nil while it is read.
    private var trouble: String?

    /// Messages that a viewer may be behind by; who is further behind is let go, comes again and gets everything.
    private static let backlog = 256
    /// Looks in a row that may fail before viewers are told: a second of them.
    static let forgiven = 10

    /// Makes a feed of `source`; `reason` puts what it throws into words.
    init(
        source: any BoardSource,
        now: @escaping @Sendable () -> Timestamp,
        reason: @escaping @Sendable (any Error) -> String
    ) {
        self.source = source
        self.now = now
        self.reason = reason
    }

    /// Looks, and tells everybody when the journal cannot be read any more, and when it can again.
    ///
    /// Rule: a picture is never shown as live that is not. Why not at the first failure: a journal that cannot be read
    /// for a moment is read at the next look.
    func watch() {
        do {
            try look()
            guard trouble != nil else { return }
            trouble = nil
            tell("board", document())
        } catch {
            failures += 1
            let words = reason(error)
            guard failures >= Self.forgiven, words != trouble else { return }
            trouble = words
            tell("change", ["unreadable": unreadable])
        }
    }

    /// Since when the journal cannot be read, and why; null while it is read.
    private var unreadable: Value {
        guard let trouble else { return .null }
        return ["since": readAt.map { .string($0.description) } ?? .null, "reason": .string(trouble)]
    }

    /// Looks whether the journal has grown, and tells everybody.
    ///
    /// Throws: what the source throws; the picture stays as it was.
    func look() throws {
        try lookOnce()
        readAt = now()
        failures = 0
    }

    private func lookOnce() throws {
        let newest = try source.newest()
        let held = try source.holder()
        guard var picture, newest.run == picture.run, newest.sequence >= picture.sequence else {
            try begin(newest, held)
            tell("board", document())
            return
        }
        let isHeldOtherwise = held.record != holder.record || held.isAlive != holder.isAlive
        guard newest != news || isHeldOtherwise else { return }
        let entries = newest == news ? [] : try source.entries(of: newest.run, after: picture.sequence)
        let change = picture.take(entries, head: newest.head)
        (self.picture, news, holder) = (picture, newest, held)
        let snapshot = picture.snapshot(holder: held.record, isHolderAlive: held.isAlive)
        if change.isWhole {
            tell("board", document())
        } else if entries.isEmpty {
            tell("change", picture.head(of: snapshot, at: now()))
        } else {
            tell("change", picture.document(of: change, snapshot: snapshot, at: now()))
        }
    }

    private func begin(_ newest: BoardNews, _ held: (record: LeaseRecord?, isAlive: Bool)) throws {
        var picture = RunPicture(header: try source.header())
        let entries = newest.run == 0 ? [] : try source.entries(of: newest.run, after: 0)
        _ = picture.take(entries, head: newest.head)
        (self.picture, news, holder) = (picture, newest, held)
    }

    /// Everything, as it is now.
    func document() -> Value {
        guard let picture else { return .null }
        var members = picture.document(of: snapshot(of: picture), at: now()).object ?? [:]
        members["unreadable"] = unreadable
        return .object(members)
    }

    /// The run's figures for Prometheus.
    ///
    /// Throws: `BoardFault.unreadable`, since a figure that is old looks like any other.
    func metrics() throws -> String {
        if let trouble { throw BoardFault.unreadable(reason: trouble) }
        return picture.map { MetricsReport.text(of: snapshot(of: $0), at: now()) } ?? ""
    }

    /// All that is known of `step`; nil when there is no such step.
    ///
    /// Throws: `BoardFault.unreadable` when the journal cannot be read.
    func step(_ id: StepID) throws -> Value? {
        guard let picture, let step = picture.runState.step(id) else { return nil }
        let evidence: [StepEvidence]
        do { evidence = picture.run == 0 ? [] : try source.evidence(of: picture.run, step: id) } catch {
            throw BoardFault.unreadable(reason: reason(error))
        }
        let record = picture.runState.record(of: id) ?? StepRecord()
        return StepReport.json(of: StepReport.Subject(step: step, record: record, evidence: evidence))
    }

    private func snapshot(of picture: RunPicture) -> RunSnapshot {
        picture.snapshot(holder: holder.record, isHolderAlive: holder.isAlive)
    }

    /// Messages for one more viewer: everything first, then what changes.
    func join() -> AsyncStream<[UInt8]> {
        viewersEver += 1
        let number = viewersEver
        let (stream, continuation) = AsyncStream.makeStream(
            of: [UInt8].self,
            bufferingPolicy: .bufferingOldest(Self.backlog)
        )
        continuation.onTermination = { [weak self] _ in Task { await self?.leave(number) } }
        viewers[number] = continuation
        continuation.yield(Self.message("board", document()))
        return stream
    }

    private func leave(_ number: Int) { viewers[number] = nil }

    /// A sign of life, so that who is gone is noticed on both sides.
    func beat() { tell("beat", .null) }

    /// Says good-bye to everybody.
    func close() {
        tell("gone", .null)
        for viewer in viewers.values { viewer.finish() }
        viewers.removeAll()
    }

    private func tell(_ event: String, _ data: Value) { if !viewers.isEmpty { send(Self.message(event, data)) } }

    private func send(_ bytes: [UInt8]) {
        for (number, viewer) in viewers {
            if case .dropped = viewer.yield(bytes) {
                viewer.finish()
                viewers[number] = nil
            }
        }
    }

    /// A message as an event source takes it; JSON's text has no line ends.
    ///
    /// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
    private static func message(_ event: String, _ data: Value) -> [UInt8] {
        Array("event: \(event)\ndata: ".utf8) + data.bytes + Array("\n\n".utf8)
    }
}
