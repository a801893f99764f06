extension EC2 {
    /// Describes machine images, one page; `InvalidAMIID.NotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeImages(_ input: DescribeImagesInput) async throws -> AWSResponse<DescribeImagesOutput> {
        try await client.query(Call(.ec2, "DescribeImages", .readOnly), input)
    }

    /// All images that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allImages(_ input: DescribeImagesInput) async throws -> AWSResponse<[Image]> {
        try await allPages(
            .ec2,
            "DescribeImages",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeImages(page)
            },
            items: \.images,
            next: \.nextToken
        )
    }

    /// Input of `describeImages`.
    public struct DescribeImagesInput: Sendable, Equatable {
        /// Ids; nil means all.
        public var imageIds: [String]?
        /// Accounts, `self`, `amazon` or `aws-marketplace`.
        public var owners: [String]?
        /// Conditions.
        public var filters: [Filter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page; nil returns all.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            imageIds: [String]? = nil,
            owners: [String]? = nil,
            filters: [Filter]? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.imageIds = imageIds
            self.owners = owners
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeImages`.
    public struct DescribeImagesOutput: Sendable, Equatable {
        /// The images.
        public var images: [Image]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(images: [Image] = [], nextToken: String? = nil) {
            self.images = images
            self.nextToken = nextToken
        }
    }
}

extension EC2.DescribeImagesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("ImageId", imageIds)
        form.add("Owner", owners)
        form.add("Filter", filters)
        form.add("NextToken", nextToken)
        form.add("MaxResults", maxResults)
    }
}

extension EC2.DescribeImagesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        images = try node.structures("imagesSet", "item")
        nextToken = node.text("nextToken")
    }
}
