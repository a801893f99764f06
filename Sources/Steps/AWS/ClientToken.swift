/// Tokens in the length that a service takes.
enum ClientToken {
    /// `token` itself when its length is from `minimum` to `limit`, else a text of 32 hexadecimal digits that stands
    /// for it.
    ///
    /// Why not its first characters: tokens of one run may begin alike. The digits are two FNV-1a hashes, forward and
    /// backward; they need not resist forgery, only differ.
    static func fitting(_ token: String, limit: Int, minimum: Int = 1) -> String {
        if (minimum...limit).contains(token.utf8.count) { return token }
        return hex(hash(token.utf8)) + hex(hash(token.utf8.reversed()))
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
