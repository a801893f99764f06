extension ECR {
    /// What the scan of an image found.
    public struct ImageScanFindingsSummary: Decodable, Sendable, Equatable {
        /// Findings by severity, such as `CRITICAL`.
        public var findingSeverityCounts: [String: Int]?

        /// Makes the value.
        public init(findingSeverityCounts: [String: Int]? = nil) {
            self.findingSeverityCounts = findingSeverityCounts
        }
    }
}
