import Network

extension S3 {
    /// Tells whether a bucket exists and may be used; `NotFound`, `Forbidden` or `PermanentRedirect` when not.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func headBucket(_ input: HeadBucketInput) async throws -> AWSResponse<HeadBucketOutput> {
        let answer = try await client.send(Call("HEAD", bucket: input.bucket, "HeadBucket", .readOnly))
        return answer.evidence(HeadBucketOutput(bucketRegion: answer.response.header("x-amz-bucket-region")))
    }

    /// Input of `headBucket`.
    public struct HeadBucketInput: Sendable, Equatable {
        /// Bucket.
        public var bucket: String

        /// Makes the input.
        public init(bucket: String) {
            self.bucket = bucket
        }
    }

    /// Output of `headBucket`.
    public struct HeadBucketOutput: Sendable, Equatable {
        /// Region of the bucket; nil when the answer did not say.
        public var bucketRegion: String?
    }
}
