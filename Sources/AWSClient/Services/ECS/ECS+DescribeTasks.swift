extension ECS {
    /// Describes tasks of one cluster, at most 100; missing ones are in `failures`.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeTasks(_ input: DescribeTasksInput) async throws -> AWSResponse<DescribeTasksOutput> {
        try await client.json(Call(.ecs, "DescribeTasks", .readOnly), input)
    }

    /// Input of `describeTasks`.
    public struct DescribeTasksInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Ids or ARNs.
        public var tasks: [String]
        /// Extra parts: `TAGS`.
        public var include: [String]?

        /// Makes the input; what is nil is left out.
        public init(cluster: String? = nil, tasks: [String], include: [String]? = nil) {
            self.cluster = cluster
            self.tasks = tasks
            self.include = include
        }
    }

    /// Output of `describeTasks`.
    public struct DescribeTasksOutput: Decodable, Sendable, Equatable {
        /// Tasks found.
        public var tasks: [Task]
        /// Tasks not found.
        public var failures: [Failure]

        /// Makes the value.
        public init(tasks: [Task] = [], failures: [Failure] = []) {
            self.tasks = tasks
            self.failures = failures
        }

        private enum CodingKeys: String, CodingKey {
            case tasks, failures
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            tasks = try members.decodeIfPresent([Task].self, forKey: .tasks) ?? []
            failures = try members.decodeIfPresent([Failure].self, forKey: .failures) ?? []
        }
    }
}
