import COpenSSL

/// Keyed digests.
public enum HMAC {
    /// HMAC-SHA-256 of `data` under `key`, 32 bytes.
    public static func sha256(key: [UInt8], data: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: SHA256.byteCount)
        // A key of no bytes must still be a pointer: libcrypto takes nil for "use the key of the last call".
        let keyBytes = key.isEmpty ? [0] : key
        guard COpenSSL.HMAC(EVP_sha256(), keyBytes, Int32(key.count), data, data.count, &code, nil) != nil else {
            preconditionFailure("libcrypto refused an HMAC over \(data.count) bytes")
        }
        return code
    }
}
