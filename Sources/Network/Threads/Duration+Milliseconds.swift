extension Duration {
    /// Whole milliseconds, rounded up, from 1 to what 32 bits hold.
    ///
    /// Why never 0: both C libraries read 0 as "no limit".
    var limitInMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds >= 0 else { return 1 }
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(1, milliseconds))
    }
}
