import MigrateCore
import Testing

@Suite struct ValueCodingTests {
    struct Sample: Codable, Hashable {
        enum Choice: Codable, Hashable {
            case plain
            case labelled(reason: String)
            case bare(Int, String?)
        }
        enum Word: String, Codable { case one, two }
        struct Inner: Codable, Hashable { var deep: [String: [Double]] }

        var text = "t"
        var whole = Int64.min
        var small: UInt8 = 255
        var number = 0.1
        var truth = true
        var missing: Int?
        var given: Int? = 5
        var list = [1, 2]
        var nested = [[Choice.plain], [.labelled(reason: "r"), .bare(1, nil), .bare(2, "x")]]
        var word = Word.two
        var inner = Inner(deep: ["a": [1, 2.5], "b": []])
        var value: Value = ["x": [.null, 1, 1.5, "s"]]
        var time = Timestamp(milliseconds: -1)
        var length = Duration.milliseconds(1500)
        var step = StepID("a[b]/c")
        var byStep = [StepID("a"): 1]
        var pair = Pair(first: 1, second: "x")
        var empty = Empty()

        struct Empty: Codable, Hashable {}
        /// Written by hand through an unkeyed container.
        struct Pair: Codable, Hashable {
            var first: Int
            var second: String

            init(first: Int, second: String) {
                self.first = first
                self.second = second
            }
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                first = try container.decode(Int.self)
                second = try container.decode(String.self)
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.unkeyedContainer()
                try container.encode(first)
                try container.encode(second)
            }
        }
    }

    @Test func everythingComesBack() throws {
        let sample = Sample()
        let value = try ValueEncoder.encode(sample)
        #expect(try ValueDecoder.decode(Sample.self, from: value) == sample)
        let text = try Value(parsing: value.text)
        #expect(try ValueDecoder.decode(Sample.self, from: text) == sample)
    }

    @Test func theFormIsPlain() throws {
        let value = try ValueEncoder.encode(Sample())
        #expect(value["length"] == 1500)
        #expect(value["time"] == -1)
        #expect(value["step"] == "a[b]/c")
        #expect(value["pair"] == [1, "x"])
        #expect(value["empty"] == [:])
        #expect(value["value"] == ["x": [.null, 1, 1.5, "s"]])
        #expect(value.object?["missing"] == nil)
    }

    @Test(arguments: [
        Duration.zero, .milliseconds(1), .seconds(600), .seconds(-5), .microseconds(1), .nanoseconds(1_500_001),
        .seconds(86_400 * 365), .milliseconds(Int64.max / 4),
    ])
    func durationsComeBack(length: Duration) throws {
        let value = try ValueEncoder.encode([length])
        #expect(try ValueDecoder.decode([Duration].self, from: Value(parsing: value.text)) == [length])
    }

    @Test func aNumberThatFitsNowhereIsRefusedNotTrapped() {
        #expect(throws: EncodingError.self) { try ValueEncoder.encode([UInt64.max]) }
        #expect(throws: DecodingError.self) { try ValueDecoder.decode([UInt8].self, from: [256]) }
        #expect(throws: DecodingError.self) { try ValueDecoder.decode([Int].self, from: [1.5]) }
        #expect(throws: DecodingError.self) { try ValueDecoder.decode([Duration].self, from: ["5m"]) }
        #expect(throws: DecodingError.self) { try ValueDecoder.decode([Duration].self, from: [1e30]) }
    }

    @Test func whatDoesNotFitIsNamedByItsPath() {
        let value: Value = ["deep": ["a": [1, "x"]]]
        do {
            _ = try ValueDecoder.decode(Sample.Inner.self, from: value)
            Issue.record("decoded")
        } catch DecodingError.typeMismatch(_, let context) {
            #expect(context.codingPath.first?.stringValue == "deep")
        } catch {
            Issue.record("\(error)")
        }
    }
}
