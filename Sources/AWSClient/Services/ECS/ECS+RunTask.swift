extension ECS {
    /// Starts tasks that belong to no service; those that could not be placed are in `failures`.
    ///
    /// Effect: token. Token: `clientToken`.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func runTask(_ input: RunTaskInput) async throws -> AWSResponse<RunTaskOutput> {
        try await client.json(Call(.ecs, "RunTask", .token), input)
    }

    /// Input of `runTask`.
    public struct RunTaskInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Family, `family:revision` or ARN.
        public var taskDefinition: String
        /// Tasks, at most 10; nil means 1.
        public var count: Int?
        /// `FARGATE` or `EC2`.
        public var launchType: String?
        /// Subnets and security groups.
        public var networkConfiguration: NetworkConfiguration?
        /// What is different from the task definition, as AWS writes it.
        public var overrides: JSONDocument?
        /// Who started it, at most 128 characters.
        public var startedBy: String?
        /// Token that makes a repeated call one, at most 64 characters.
        public var clientToken: String?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(taskDefinition: String) {
            self.taskDefinition = taskDefinition
        }
    }

    /// Output of `runTask`.
    public struct RunTaskOutput: Decodable, Sendable, Equatable {
        /// Tasks started.
        public var tasks: [Task]?
        /// Why others were not.
        public var failures: [Failure]?

        /// Makes the value.
        public init(tasks: [Task]? = nil, failures: [Failure]? = nil) {
            self.tasks = tasks
            self.failures = failures
        }
    }
}
