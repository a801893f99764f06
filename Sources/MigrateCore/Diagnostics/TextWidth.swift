/// How wide a terminal shows text.
public enum TextWidth {
    /// Cells that `character` takes: 2 for wide East Asian ones and emoji, 4 for a tab, 0 for control characters.
    ///
    /// Source: Unicode Standard Annex #11, East Asian Width, classes W and F.
    public static func cells(of character: Character) -> Int {
        if character == "\t" { return 4 }
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format { return 0 }
        if character.unicodeScalars.contains("\u{FE0F}") || scalar.properties.isEmojiPresentation { return 2 }
        return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// Cells that `text` takes in one line.
    public static func cells(of text: some StringProtocol) -> Int { text.reduce(0) { $0 + cells(of: $1) } }

    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
