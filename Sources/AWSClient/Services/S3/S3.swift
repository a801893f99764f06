/// Simple Storage Service: buckets and objects.
///
/// A value around the client; its operations are in files of their own.
public struct S3: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// Simple Storage Service: buckets and objects.
    public var s3: S3 { S3(client: self) }
}

extension Call {
    /// A call about a bucket, or about the object `key` in it.
    init(_ method: String, bucket: String, key: String? = nil, _ operation: String, _ idempotency: Idempotency) {
        self.init(.s3, operation, idempotency)
        self.method = method
        self.bucket = bucket
        if let key { path = "/" + PercentEncoding.encode(key, keepsSlash: true) }
    }
}
