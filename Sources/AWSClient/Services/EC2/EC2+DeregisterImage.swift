extension EC2 {
    /// Gives a machine image up, not its snapshots; `InvalidAMIID.Unavailable` when it is already gone.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deregisterImage(_ input: DeregisterImageInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.ec2, "DeregisterImage", .once), input)
    }

    /// Input of `deregisterImage`.
    public struct DeregisterImageInput: Sendable, Equatable {
        /// Image.
        public var imageId: String

        /// Makes the input; what is nil is left out.
        public init(imageId: String) {
            self.imageId = imageId
        }
    }
}

extension EC2.DeregisterImageInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("ImageId", imageId)
    }
}
