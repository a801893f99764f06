extension EC2 {
    /// Stops instances; one already stopped stays so.
    ///
    /// A public address that is not elastic is lost.
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func stopInstances(_ input: StopInstancesInput) async throws -> AWSResponse<StopInstancesOutput> {
        try await client.query(Call(.ec2, "StopInstances", .convergent), input)
    }

    /// Input of `stopInstances`.
    public struct StopInstancesInput: Sendable, Equatable {
        /// Ids.
        public var instanceIds: [String]
        /// Whether the operating system gets no time to shut down.
        public var force: Bool?

        /// Makes the input; what is nil is left out.
        public init(instanceIds: [String], force: Bool? = nil) {
            self.instanceIds = instanceIds
            self.force = force
        }
    }

    /// Output of `stopInstances`.
    public struct StopInstancesOutput: Sendable, Equatable {
        /// Their states before and now.
        public var stoppingInstances: [InstanceStateChange]

        /// Makes the value.
        public init(stoppingInstances: [InstanceStateChange] = []) {
            self.stoppingInstances = stoppingInstances
        }
    }
}

extension EC2.StopInstancesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("InstanceId", instanceIds)
        form.add("Force", force)
    }
}

extension EC2.StopInstancesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        stoppingInstances = try node.structures("instancesSet", "item")
    }
}
