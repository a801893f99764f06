import MigrateCore
import Network

/// A sample as Prometheus' remote write 1.0 carries it: one protobuf message in one Snappy block.
///
/// Source: https://prometheus.io/docs/specs/prw/remote_write_spec/ and
/// https://github.com/google/snappy/blob/main/format_description.txt, read 2026-11-22.
enum RemoteWrite {
    /// Header fields that its requests have.
    static let headers = [
        HTTPField("Content-Encoding", "snappy"), HTTPField("Content-Type", "application/x-protobuf"),
        HTTPField("X-Prometheus-Remote-Write-Version", "0.1.0"),
    ]

    /// Body with one sample of the series with `labels`, its name among them as `__name__`.
    static func body(labels: [String: String], value: Double, at time: Timestamp) -> [UInt8] {
        let sample =
            [Wire.fixed64.tag(1)] + littleEndian(value.bitPattern)
            + [Wire.varint.tag(2)] + varint(UInt64(bitPattern: time.milliseconds))
        // Why sorted: receivers refuse labels in any other order.
        let series = labels.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap { name, value in
            message(1, message(1, Array(name.utf8)) + message(2, Array(value.utf8)))
        }
        return block(message(1, series + message(2, sample)))
    }

    /// Wire types of protobuf.
    private enum Wire: UInt8 {
        case varint = 0
        case fixed64 = 1
        case length = 2

        func tag(_ field: UInt8) -> UInt8 { field << 3 | rawValue }
    }

    private static func message(_ field: UInt8, _ content: [UInt8]) -> [UInt8] {
        [Wire.length.tag(field)] + varint(UInt64(content.count)) + content
    }

    private static func varint(_ number: UInt64) -> [UInt8] {
        var (left, bytes) = (number, [UInt8]())
        while left > 0x7f {
            bytes.append(UInt8(left & 0x7f) | 0x80)
            left >>= 7
        }
        return bytes + [UInt8(left)]
    }

    private static func littleEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// `content` as a Snappy block of literals alone, which every reader understands; there is too little to compress.
    private static func block(_ content: [UInt8]) -> [UInt8] {
        let longest = 1 << 16
        var block = varint(UInt64(content.count))
        for start in stride(from: 0, to: content.count, by: longest) {
            let literal = content[start..<min(start + longest, content.count)]
            let length = UInt16(literal.count - 1)
            block += [61 << 2, UInt8(length & 0xff), UInt8(length >> 8)] + literal
        }
        return block
    }
}
