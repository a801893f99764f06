import Network

extension S3 {
    /// Puts an object, whole.
    ///
    /// With `ifNoneMatch` it creates alone: `PreconditionFailed` when there is one.
    /// Effect: convergent (the same bytes again); with `ifNoneMatch` reconcilable and never sent twice. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putObject(_ input: PutObjectInput) async throws -> AWSResponse<PutObjectOutput> {
        let idempotency: Idempotency = input.ifNoneMatch == nil ? .convergent : .once
        var call = Call("PUT", bucket: input.bucket, key: input.key, "PutObject", idempotency)
        call.body = input.body
        call.sendsData = true
        // Without one, libcurl would name a form's type, and S3 would keep it.
        call.headers.append(HTTPField("Content-Type", input.contentType ?? "application/octet-stream"))
        if let condition = input.ifNoneMatch { call.headers.append(HTTPField("If-None-Match", condition)) }
        let answer = try await client.send(call)
        return answer.evidence(
            PutObjectOutput(
                eTag: answer.response.header("etag"),
                versionId: answer.response.header("x-amz-version-id")
            )
        )
    }

    /// Input of `putObject`.
    public struct PutObjectInput: Sendable, Equatable {
        /// Bucket.
        public var bucket: String
        /// Key, not encoded.
        public var key: String
        /// Bytes of the object.
        public var body: [UInt8]
        /// Media type; nil means `application/octet-stream`.
        public var contentType: String?
        /// `*` to put only where there is no object; nil puts in any case.
        public var ifNoneMatch: String?

        /// Makes the input; what is nil is left out.
        public init(
            bucket: String,
            key: String,
            body: [UInt8],
            contentType: String? = nil,
            ifNoneMatch: String? = nil
        ) {
            self.bucket = bucket
            self.key = key
            self.body = body
            self.contentType = contentType
            self.ifNoneMatch = ifNoneMatch
        }
    }

    /// Output of `putObject`.
    public struct PutObjectOutput: Sendable, Equatable {
        /// Entity tag, with its quotes.
        public var eTag: String?
        /// Version, in a bucket that keeps them.
        public var versionId: String?
    }
}
