extension EC2 {
    /// Deletes a volume snapshot; `InvalidSnapshot.InUse` while an image uses it.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteSnapshot(_ input: DeleteSnapshotInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.ec2, "DeleteSnapshot", .once), input)
    }

    /// Input of `deleteSnapshot`.
    public struct DeleteSnapshotInput: Sendable, Equatable {
        /// Snapshot.
        public var snapshotId: String

        /// Makes the input; what is nil is left out.
        public init(snapshotId: String) {
            self.snapshotId = snapshotId
        }
    }
}

extension EC2.DeleteSnapshotInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("SnapshotId", snapshotId)
    }
}
