import Testing

@testable import Network

/// Header lines, one by one.
struct HTTPHeaderCollectorTests {
    private func fields(_ lines: [String]) -> [HTTPField] {
        var collector = HTTPHeaderCollector()
        for line in lines {
            let isTaken = Array("\(line)\r\n".utf8).withUnsafeBytes { collector.append(line: $0) }
            #expect(isTaken)
        }
        return collector.fields
    }

    @Test func whiteSpaceAroundAValueIsNotPartOfIt() {
        #expect(fields(["HTTP/1.1 200 OK", "A: \t b c \t", ""]) == [HTTPField("a", "b c")])
    }

    @Test func foldedLineContinuesTheValueBeforeIt() {
        #expect(fields(["HTTP/1.1 200 OK", "A: b", "  c", ""]) == [HTTPField("a", "b c")])
    }

    @Test func foldedLineWithoutAValueBeforeItIsNothing() {
        #expect(fields(["HTTP/1.1 200 OK", "  c", "A: b", ""]) == [HTTPField("a", "b")])
    }

    @Test func trailerThatLooksLikeAStatusLineChangesNothing() {
        #expect(fields(["HTTP/1.1 200 OK", "A: b", "", "HTTP/1.1 500 X", "C: d"]) == [HTTPField("a", "b")])
    }

    @Test func switchingProtocolsIsAFinalAnswer() {
        let lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: x", "", "HTTP/1.1 200 OK", "A: b", ""]
        #expect(fields(lines) == [HTTPField("upgrade", "x")])
    }

    @Test func lineWithoutAColonAndBytesThatAreNotTextDoNoHarm() {
        var collector = HTTPHeaderCollector()
        let lines: [[UInt8]] = [
            Array("HTTP/2 200\r\n".utf8), Array("junk\r\n".utf8), [0x41, 0x3A, 0xFF, 0x0D, 0x0A], [],
        ]
        for line in lines { #expect(line.withUnsafeBytes { collector.append(line: $0) }) }
        #expect(collector.fields.map(\.name) == ["a"])
    }

    @Test func headerLargerThanTheLimitIsRefused() {
        var collector = HTTPHeaderCollector()
        let line = [UInt8](repeating: 0x61, count: HTTPHeaderCollector.sizeLimit)
        #expect(line.withUnsafeBytes { collector.append(line: $0) })
        #expect(!line.withUnsafeBytes { collector.append(line: $0) })
    }
}
