/// Finds what somebody probably meant.
public enum Spelling {
    /// Closest of `candidates` to `word`, when close enough to be a slip: at most a third of its letters differ.
    public static func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
        // Why not for shorter ones: every two words of one letter differ by one.
        let limit = word.count < 3 ? 0 : max(1, word.count / 3)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates.sorted() {
            let distance = distance(word, candidate)
            if distance <= limit, distance < best?.distance ?? Int.max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// Slips that turn one word into the other: a letter too many, too few or wrong, or two exchanged.
    ///
    /// Source: optimal string alignment, the restricted form of the Damerau–Levenshtein distance.
    public static func distance(_ one: String, _ other: String) -> Int {
        let source = Array(one)
        let target = Array(other)
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for row in source.indices {
            var current = [row + 1]
            for column in target.indices {
                let replaced = last[column] + (target[column] == source[row] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, source[row] == target[column - 1], source[row - 1] == target[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[target.count]
    }
}
