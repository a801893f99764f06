/// A program that was started for one change, and that can outlive the process that started it.
public struct ChildProgram: Sendable, Hashable, Codable {
    /// Its name, for people: `terraform`.
    public var name: String
    /// Process id, and id of the process group that it and its children are in.
    public var process: Int32
    /// When that process began, in the system's own count with the boot's id; tells it from a later one with its
    /// number.
    public var processStart: String
    /// Name of the host it runs on; seen from another host nothing can be said of it.
    public var host: String
    /// Absolute path of the folder that holds what it writes and, once it is over, how it ended.
    public var folder: String
    /// When it was started.
    public var startedAt: Timestamp
    /// Until when it may run; it is then asked to stop, by whatever process waits for it.
    public var deadline: Timestamp
    /// Time between asking it to stop and ending it.
    public var grace: Duration
    /// Lock that it left behind, which is its own for certain; nil while it is at work, and when it left none.
    public var lock: String?

    /// Whether `other` is the same process.
    public func isSameProcess(as other: ChildProgram) -> Bool {
        process == other.process && processStart == other.processStart && host == other.host && folder == other.folder
    }

    /// Makes a record of a program.
    public init(
        name: String,
        process: Int32,
        processStart: String,
        host: String,
        folder: String,
        startedAt: Timestamp,
        deadline: Timestamp,
        grace: Duration
    ) {
        self.name = name
        self.process = process
        self.processStart = processStart
        self.host = host
        self.folder = folder
        self.startedAt = startedAt
        self.deadline = deadline
        self.grace = grace
    }
}
