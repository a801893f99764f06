extension ECR {
    /// When images are scanned for vulnerabilities.
    public struct ImageScanningConfiguration: Codable, Sendable, Equatable {
        /// Whether each pushed image is scanned.
        public var scanOnPush: Bool

        /// Makes the value.
        public init(scanOnPush: Bool) {
            self.scanOnPush = scanOnPush
        }
    }
}
