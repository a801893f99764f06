extension ECS {
    /// Lists ARNs of task definitions, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listTaskDefinitions(_ input: ListTaskDefinitionsInput) async throws -> AWSResponse<
        ListTaskDefinitionsOutput
    > {
        try await client.json(Call(.ecs, "ListTaskDefinitions", .readOnly), input)
    }

    /// ARNs of all task definitions that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allTaskDefinitionArns(_ input: ListTaskDefinitionsInput) async throws -> AWSResponse<[String]> {
        try await allPages(
            .ecs,
            "ListTaskDefinitions",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await listTaskDefinitions(page)
            },
            items: \.taskDefinitionArns,
            next: \.nextToken
        )
    }

    /// Input of `listTaskDefinitions`.
    public struct ListTaskDefinitionsInput: Encodable, Sendable, Equatable {
        /// Family, whole name; nil means all.
        public var familyPrefix: String?
        /// `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`; nil means active.
        public var status: String?
        /// `ASC` or `DESC` by family and revision; nil means ascending.
        public var sort: String?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 100.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            familyPrefix: String? = nil,
            status: String? = nil,
            sort: String? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.familyPrefix = familyPrefix
            self.status = status
            self.sort = sort
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `listTaskDefinitions`.
    public struct ListTaskDefinitionsOutput: Decodable, Sendable, Equatable {
        /// ARNs.
        public var taskDefinitionArns: [String]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(taskDefinitionArns: [String] = [], nextToken: String? = nil) {
            self.taskDefinitionArns = taskDefinitionArns
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case taskDefinitionArns, nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            taskDefinitionArns = try members.decodeIfPresent([String].self, forKey: .taskDefinitionArns) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
