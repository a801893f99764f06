import MigrateCore
import RunbookYAML
import Testing

/// Whatever happens to a good runbook, it is read or refused with words, never with a trap.
///
/// With `EXHAUSTIVE=1` every place is damaged, not only every few.
@Suite struct DamagedRunbookTests {
    private static let characters = Array(Fixtures.good)

    /// A refusal must say something, and its place must be in the file.
    private func isReadOrRefused(_ text: String) -> Bool {
        let lineCount = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        do throws(Diagnostics) {
            _ = try Fixtures.plan(text)
            return true
        } catch {
            return !error.all.isEmpty
                && error.all.allSatisfy { problem in
                    let line = problem.location?.line ?? 0
                    return (1...lineCount + 1).contains(line) && !problem.rendered(source: text).isEmpty
                }
        }
    }

    @Test(arguments: 0..<4) func everyPrefixIsReadOrRefused(part: Int) {
        for length in stride(from: part, to: Self.characters.count, by: 4 * Fixtures.damageStride) {
            #expect(isReadOrRefused(String(Self.characters[..<length])), "prefix of \(length)")
        }
    }

    @Test func everyRunbookWithoutOneOfItsLinesIsReadOrRefused() {
        let lines = Fixtures.good.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            var rest = lines
            rest.remove(at: index)
            #expect(isReadOrRefused(rest.joined(separator: "\n")), "without line \(index + 1)")
        }
    }

    @Test(arguments: ["{", "}", "[", ":", "\"", "'", "\t", "$", "\n", "- ", "&a ", "*a", "!", "한", "\u{0}", "|"])
    func everyRunbookWithOneCharacterMoreIsReadOrRefused(character: String) {
        for place in stride(from: character.hashed, to: Self.characters.count, by: 40 * Fixtures.damageStride) {
            let text = String(Self.characters[..<place]) + character + String(Self.characters[place...])
            #expect(isReadOrRefused(text), "`\(character)` at \(place)")
        }
    }
}

extension String {
    /// A small number that differs from text to text and not from run to run.
    fileprivate var hashed: Int { Int(unicodeScalars.first?.value ?? 0) % 37 }
}
