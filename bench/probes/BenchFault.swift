/// Why nothing was measured.
struct BenchFault: Error {
    let words: String

    init(_ words: String) { self.words = words }
}
