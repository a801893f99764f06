import Digest

/// What checking the chain of a run found.
public struct ChainReport: Sendable, Hashable {
    /// Run.
    public var run: Int
    /// Events found.
    public var count: Int
    /// Hash of the last event as it is written, in hexadecimal; that of the header while there is none.
    public var headHash: String
    /// Sequence of the first event that is not what was written, or that is missing; 0 for the header of the run; nil
    /// when everything fits.
    ///
    /// Why it cannot see everything: somebody who can write the file can cut events off the end, or compute a chain
    /// anew. A head hash that was published before tells: see whether `log --verify` still shows it.
    public var firstBroken: Int?
    /// Pieces of evidence that no event covers yet.
    public var pendingEvidence: Int

    /// Whether everything fits.
    public var isIntact: Bool { firstBroken == nil }

    /// Report of a run whose events have not been looked at yet.
    init(_ header: PinnedHeader) {
        run = header.number
        count = 0
        headHash = Hex.encode(header.hash)
        firstBroken = header.isIntact ? nil : 0
        pendingEvidence = 0
    }
}
