import Network

extension S3 {
    /// Reads an object, whole; `NoSuchKey` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getObject(_ input: GetObjectInput) async throws -> AWSResponse<GetObjectOutput> {
        var call = Call("GET", bucket: input.bucket, key: input.key, "GetObject", .readOnly)
        call.returnsData = true
        if let version = input.versionId { call.query.append(("versionId", version)) }
        let answer = try await client.send(call)
        return answer.evidence(
            GetObjectOutput(
                body: answer.response.body,
                eTag: answer.response.header("etag"),
                versionId: answer.response.header("x-amz-version-id"),
                contentType: answer.response.header("content-type")
            )
        )
    }

    /// Input of `getObject`.
    public struct GetObjectInput: Sendable, Equatable {
        /// Bucket.
        public var bucket: String
        /// Key, not encoded.
        public var key: String
        /// Version; nil means the newest.
        public var versionId: String?

        /// Makes the input; what is nil is left out.
        public init(bucket: String, key: String, versionId: String? = nil) {
            self.bucket = bucket
            self.key = key
            self.versionId = versionId
        }
    }

    /// Output of `getObject`.
    public struct GetObjectOutput: Sendable, Equatable {
        /// Bytes of the object.
        public var body: [UInt8]
        /// Entity tag, with its quotes.
        public var eTag: String?
        /// Version, in a bucket that keeps them.
        public var versionId: String?
        /// Media type.
        public var contentType: String?
    }
}
