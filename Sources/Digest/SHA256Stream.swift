import COpenSSL

/// SHA-256 over bytes that come in pieces.
public struct SHA256Stream: ~Copyable {
    private let context: OpaquePointer

    /// Starts an empty digest.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto could not start a digest")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds `bytes` to what is digested.
    public mutating func update(_ bytes: [UInt8]) {
        guard EVP_DigestUpdate(context, bytes, bytes.count) == 1 else {
            preconditionFailure("libcrypto refused \(bytes.count) bytes")
        }
    }

    /// Digest of all that was added, 32 bytes.
    public consuming func finalize() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: SHA256.byteCount)
        guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
            preconditionFailure("libcrypto could not finish a digest")
        }
        return digest
    }
}
