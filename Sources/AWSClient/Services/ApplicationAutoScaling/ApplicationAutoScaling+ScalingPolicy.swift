extension ApplicationAutoScaling {
    /// A rule that scales a target.
    public struct ScalingPolicy: Decodable, Sendable, Equatable {
        /// Name.
        public var policyName: String
        /// ARN.
        public var policyARN: String?
        /// `TargetTrackingScaling`, `StepScaling`.
        public var policyType: String
        /// Metric and value, of target tracking.
        public var targetTracking: TargetTracking?

        private enum CodingKeys: String, CodingKey {
            case policyName = "PolicyName"
            case policyARN = "PolicyARN"
            case policyType = "PolicyType"
            case targetTracking = "TargetTrackingScalingPolicyConfiguration"
        }

        /// Makes the value.
        public init(
            policyName: String,
            policyType: String,
            policyARN: String? = nil,
            targetTracking: TargetTracking? = nil
        ) {
            self.policyName = policyName
            self.policyARN = policyARN
            self.policyType = policyType
            self.targetTracking = targetTracking
        }
    }
}
