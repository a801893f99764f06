extension EC2 {
    /// Starts stopped instances; one already running stays so.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func startInstances(_ input: StartInstancesInput) async throws -> AWSResponse<StartInstancesOutput> {
        try await client.query(Call(.ec2, "StartInstances", .convergent), input)
    }

    /// Input of `startInstances`.
    public struct StartInstancesInput: Sendable, Equatable {
        /// Ids.
        public var instanceIds: [String]

        /// Makes the input; what is nil is left out.
        public init(instanceIds: [String]) {
            self.instanceIds = instanceIds
        }
    }

    /// Output of `startInstances`.
    public struct StartInstancesOutput: Sendable, Equatable {
        /// Their states before and now.
        public var startingInstances: [InstanceStateChange]

        /// Makes the value.
        public init(startingInstances: [InstanceStateChange] = []) {
            self.startingInstances = startingInstances
        }
    }
}

extension EC2.StartInstancesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("InstanceId", instanceIds)
    }
}

extension EC2.StartInstancesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        startingInstances = try node.structures("instancesSet", "item")
    }
}
