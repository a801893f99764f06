extension CodeDeploy {
    /// What is deployed.
    public struct RevisionLocation: Codable, Sendable, Equatable {
        /// `AppSpecContent` or `S3`.
        public var revisionType: String
        /// AppSpec in the call.
        public var appSpecContent: RevisionContent?
        /// AppSpec in a bucket.
        public var s3Location: S3Location?

        /// Makes the value.
        public init(revisionType: String, appSpecContent: RevisionContent? = nil, s3Location: S3Location? = nil) {
            self.revisionType = revisionType
            self.appSpecContent = appSpecContent
            self.s3Location = s3Location
        }
    }
}
