import Network

extension S3 {
    /// Deletes an object; one that is not there is no error.
    ///
    /// In a bucket that keeps versions it puts a delete marker, another one each time, unless `versionId` is given.
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteObject(_ input: DeleteObjectInput) async throws -> AWSResponse<DeleteObjectOutput> {
        var call = Call("DELETE", bucket: input.bucket, key: input.key, "DeleteObject", .convergent)
        if let version = input.versionId { call.query.append(("versionId", version)) }
        let answer = try await client.send(call)
        return answer.evidence(
            DeleteObjectOutput(
                versionId: answer.response.header("x-amz-version-id"),
                isDeleteMarker: answer.response.header("x-amz-delete-marker") == "true"
            )
        )
    }

    /// Input of `deleteObject`.
    public struct DeleteObjectInput: Sendable, Equatable {
        /// Bucket.
        public var bucket: String
        /// Key, not encoded.
        public var key: String
        /// Version to delete for good; nil deletes the newest, or marks it.
        public var versionId: String?

        /// Makes the input; what is nil is left out.
        public init(bucket: String, key: String, versionId: String? = nil) {
            self.bucket = bucket
            self.key = key
            self.versionId = versionId
        }
    }

    /// Output of `deleteObject`.
    public struct DeleteObjectOutput: Sendable, Equatable {
        /// Version that was deleted, or that the marker got.
        public var versionId: String?
        /// Whether a delete marker was put or removed.
        public var isDeleteMarker: Bool
    }
}
