import COpenSSL

/// SHA-256 over whole byte strings.
public enum SHA256 {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    // Why fetched once: libcrypto would look it up for each digest, which costs as much as a short one. Why it may be
    // shared: nothing writes to it once it is fetched.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// Digest of `bytes`, 32 bytes.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        oneShot(bytes, byteCount: byteCount, algorithm: algorithm)
    }

    /// Digest of the UTF-8 bytes of `text`, 32 bytes.
    public static func digest(utf8 text: String) -> [UInt8] {
        digest(Array(text.utf8))
    }
}

/// One call into libcrypto.
///
/// Why the trap: libcrypto refuses only when it is out of memory or built without the algorithm.
func oneShot(_ bytes: [UInt8], byteCount: Int, algorithm: OpaquePointer?) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    guard EVP_Digest(bytes, bytes.count, &digest, nil, algorithm, nil) == 1 else {
        preconditionFailure("libcrypto refused to digest \(bytes.count) bytes")
    }
    return digest
}
