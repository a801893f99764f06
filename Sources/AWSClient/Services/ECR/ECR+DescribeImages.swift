extension ECR {
    /// Describes images of a repository, one page; `ImageNotFoundException` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeImages(_ input: DescribeImagesInput) async throws -> AWSResponse<DescribeImagesOutput> {
        try await client.json(Call(.ecr, "DescribeImages", .readOnly), input)
    }

    /// All images of a repository that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allImageDetails(_ input: DescribeImagesInput) async throws -> AWSResponse<[ImageDetail]> {
        try await allPages(
            .ecr,
            "DescribeImages",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeImages(page)
            },
            items: \.imageDetails,
            next: \.nextToken
        )
    }

    /// Input of `describeImages`.
    public struct DescribeImagesInput: Encodable, Sendable, Equatable {
        /// Repository.
        public var repositoryName: String
        /// Account of the registry; nil means our own.
        public var registryId: String?
        /// Images; nil means all.
        public var imageIds: [ImageIdentifier]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 1,000.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            repositoryName: String,
            registryId: String? = nil,
            imageIds: [ImageIdentifier]? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.repositoryName = repositoryName
            self.registryId = registryId
            self.imageIds = imageIds
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeImages`.
    public struct DescribeImagesOutput: Decodable, Sendable, Equatable {
        /// The images.
        public var imageDetails: [ImageDetail]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(imageDetails: [ImageDetail] = [], nextToken: String? = nil) {
            self.imageDetails = imageDetails
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case imageDetails, nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            imageDetails = try members.decodeIfPresent([ImageDetail].self, forKey: .imageDetails) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
