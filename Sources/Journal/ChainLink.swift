import Digest
import MigrateCore

/// Bytes that a hash of the chain is taken over.
///
/// Shape: every number is 8 bytes, most significant first; every text comes after its length, or as the length -1 when
/// it is absent. So no two different records have the same bytes.
struct ChainLink {
    /// Bytes of a hash.
    static let hashLength = SHA256.byteCount
    /// Hash before the first piece of evidence of an event.
    static let noEvidence = [UInt8](repeating: 0, count: hashLength)

    private var bytes: [UInt8] = []

    private mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func add(_ text: some Collection<UInt8>) {
        add(Int64(text.count))
        bytes.append(contentsOf: text)
    }

    private mutating func add(optional text: String?) {
        if let text { add(text.utf8) } else { add(-1) }
    }

    private var hash: [UInt8] { SHA256.digest(bytes) }

    /// Hash that the chain of a run starts from: over all that was pinned with it.
    static func hash(numbers: [Int64], texts: [String]) -> [UInt8] {
        var link = ChainLink()
        link.bytes.reserveCapacity(texts.reduce(numbers.count * 8) { $0 + $1.utf8.count + 8 })
        for number in numbers { link.add(number) }
        for text in texts { link.add(text.utf8) }
        return link.hash
    }

    /// Place and marks of one event.
    struct Event {
        var run: Int
        var sequence: Int
        var at: Int64
        var epoch: Int
        var kind: String
        var step: String?
    }

    /// Hash of an event: over the hash before it, the event, and the last hash of its evidence.
    static func hash(
        after previous: [UInt8],
        _ event: Event,
        body: some Collection<UInt8>,
        evidence: [UInt8]
    ) -> [UInt8] {
        var link = ChainLink()
        link.bytes.reserveCapacity(body.count + 256)
        link.bytes += previous
        link.add(Int64(event.run))
        link.add(Int64(event.sequence))
        link.add(event.at)
        link.add(Int64(event.epoch))
        link.add(event.kind.utf8)
        link.add(optional: event.step)
        link.add(body)
        link.bytes += evidence
        return link.hash
    }

    /// Place and marks of one piece of evidence.
    struct Piece {
        var run: Int
        var sequence: Int
        var ordinal: Int
        var step: String?
        var stage: String
    }

    /// Hash of a piece of evidence: over the piece before it at the same event, and itself.
    static func hash(after previous: [UInt8], _ piece: Piece, body: some Collection<UInt8>) -> [UInt8] {
        var link = ChainLink()
        link.bytes.reserveCapacity(body.count + 160)
        link.bytes += previous
        link.add(Int64(piece.run))
        link.add(Int64(piece.sequence))
        link.add(Int64(piece.ordinal))
        link.add(optional: piece.step)
        link.add(piece.stage.utf8)
        link.add(body)
        return link.hash
    }
}
