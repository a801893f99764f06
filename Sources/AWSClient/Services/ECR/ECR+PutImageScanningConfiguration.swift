extension ECR {
    /// Sets whether images of a repository are scanned when pushed.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putImageScanningConfiguration(
        _ input: PutImageScanningConfigurationInput
    ) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.ecr, "PutImageScanningConfiguration", .convergent), input)
    }

    /// Input of `putImageScanningConfiguration`.
    public struct PutImageScanningConfigurationInput: Encodable, Sendable, Equatable {
        /// Name of the repository.
        public var repositoryName: String
        /// Whether images are scanned when pushed.
        public var imageScanningConfiguration: ImageScanningConfiguration

        /// Makes the input.
        public init(repositoryName: String, imageScanningConfiguration: ImageScanningConfiguration) {
            self.repositoryName = repositoryName
            self.imageScanningConfiguration = imageScanningConfiguration
        }
    }
}
