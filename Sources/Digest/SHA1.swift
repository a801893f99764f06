import COpenSSL

/// SHA-1, only for names that others chose by it: the files of the AWS SSO token cache.
public enum SHA1 {
    /// Length of a digest in bytes.
    public static let byteCount = 20

    /// Digest of `bytes`, 20 bytes.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        oneShot(bytes, byteCount: byteCount, algorithm: EVP_sha1())
    }
}
