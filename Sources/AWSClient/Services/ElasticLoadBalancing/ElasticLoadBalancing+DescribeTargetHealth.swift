extension ElasticLoadBalancing {
    /// Tells the health of a group's targets.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeTargetHealth(_ input: DescribeTargetHealthInput) async throws -> AWSResponse<
        DescribeTargetHealthOutput
    > {
        try await client.query(Call(.elasticLoadBalancing, "DescribeTargetHealth", .readOnly), input)
    }

    /// Input of `describeTargetHealth`.
    public struct DescribeTargetHealthInput: Sendable, Equatable {
        /// ARN of the group.
        public var targetGroupArn: String
        /// Targets; nil means all.
        public var targets: [TargetDescription]?

        /// Makes the input; what is nil is left out.
        public init(targetGroupArn: String, targets: [TargetDescription]? = nil) {
            self.targetGroupArn = targetGroupArn
            self.targets = targets
        }
    }

    /// Output of `describeTargetHealth`.
    public struct DescribeTargetHealthOutput: Sendable, Equatable {
        /// One entry a target.
        public var targetHealthDescriptions: [TargetHealthDescription]

        /// Makes the value.
        public init(targetHealthDescriptions: [TargetHealthDescription] = []) {
            self.targetHealthDescriptions = targetHealthDescriptions
        }
    }
}

extension ElasticLoadBalancing.DescribeTargetHealthInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("TargetGroupArn", targetGroupArn)
        form.add("Targets", targets)
    }
}

extension ElasticLoadBalancing.DescribeTargetHealthOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        targetHealthDescriptions = try node.structures("TargetHealthDescriptions", "member")
    }
}
