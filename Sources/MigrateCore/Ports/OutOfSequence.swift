/// Events or evidence do not follow the last event of their run; nothing was written.
public struct OutOfSequence: Error, Sendable, Hashable {
    /// Run.
    public var run: Int
    /// Sequence that had to come.
    public var expected: Int
    /// Sequence that came.
    public var found: Int

    /// Makes the error.
    public init(run: Int, expected: Int, found: Int) {
        self.run = run
        self.expected = expected
        self.found = found
    }
}

/// The journal holds no run of this number.
public struct NoSuchRun: Error, Sendable, Hashable {
    /// Number.
    public var number: Int
    /// Makes the error.
    public init(number: Int) { self.number = number }
}
