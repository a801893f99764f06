extension EC2 {
    /// Describes elastic addresses, all at once.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeAddresses(_ input: DescribeAddressesInput) async throws -> AWSResponse<DescribeAddressesOutput>
    {
        try await client.query(Call(.ec2, "DescribeAddresses", .readOnly), input)
    }

    /// Input of `describeAddresses`.
    public struct DescribeAddressesInput: Sendable, Equatable {
        /// Allocation ids; nil means all.
        public var allocationIds: [String]?
        /// Addresses; nil means all.
        public var publicIps: [String]?
        /// Conditions.
        public var filters: [Filter]?

        /// Makes the input; what is nil is left out.
        public init(allocationIds: [String]? = nil, publicIps: [String]? = nil, filters: [Filter]? = nil) {
            self.allocationIds = allocationIds
            self.publicIps = publicIps
            self.filters = filters
        }
    }

    /// Output of `describeAddresses`.
    public struct DescribeAddressesOutput: Sendable, Equatable {
        /// The addresses.
        public var addresses: [Address]

        /// Makes the value.
        public init(addresses: [Address] = []) {
            self.addresses = addresses
        }
    }
}

extension EC2.DescribeAddressesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("AllocationId", allocationIds)
        form.add("PublicIp", publicIps)
        form.add("Filter", filters)
    }
}

extension EC2.DescribeAddressesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        addresses = try node.structures("addressesSet", "item")
    }
}
