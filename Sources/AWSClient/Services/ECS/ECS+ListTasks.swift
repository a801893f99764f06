extension ECS {
    /// Lists ARNs of a cluster's tasks, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listTasks(_ input: ListTasksInput) async throws -> AWSResponse<ListTasksOutput> {
        try await client.json(Call(.ecs, "ListTasks", .readOnly), input)
    }

    /// ARNs of all tasks that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allTaskArns(_ input: ListTasksInput) async throws -> AWSResponse<[String]> {
        try await allPages(
            .ecs,
            "ListTasks",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await listTasks(page)
            },
            items: \.taskArns,
            next: \.nextToken
        )
    }

    /// Input of `listTasks`.
    public struct ListTasksInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Tasks of this service alone.
        public var serviceName: String?
        /// Tasks of this family alone.
        public var family: String?
        /// `RUNNING` or `STOPPED`; nil means running; stopped ones are kept for about an hour.
        public var desiredStatus: String?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 100.
        public var maxResults: Int?

        /// Makes the input with what AWS requires; the rest are properties.
        public init() {
        }
    }

    /// Output of `listTasks`.
    public struct ListTasksOutput: Decodable, Sendable, Equatable {
        /// ARNs.
        public var taskArns: [String]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(taskArns: [String] = [], nextToken: String? = nil) {
            self.taskArns = taskArns
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case taskArns, nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            taskArns = try members.decodeIfPresent([String].self, forKey: .taskArns) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
