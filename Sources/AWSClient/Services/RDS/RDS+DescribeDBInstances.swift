extension RDS {
    /// Describes database instances, one page; `DBInstanceNotFound` for a name that is not there.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeDBInstances(_ input: DescribeDBInstancesInput) async throws -> AWSResponse<
        DescribeDBInstancesOutput
    > {
        try await client.query(Call(.rds, "DescribeDBInstances", .readOnly), input)
    }

    /// Input of `describeDBInstances`.
    public struct DescribeDBInstancesInput: Sendable, Equatable {
        /// Name.
        public var dbInstanceIdentifier: String?
        /// Page token.
        public var marker: String?

        /// Makes the input; what is nil is left out.
        public init(dbInstanceIdentifier: String? = nil, marker: String? = nil) {
            self.dbInstanceIdentifier = dbInstanceIdentifier
            self.marker = marker
        }
    }

    /// Output of `describeDBInstances`.
    public struct DescribeDBInstancesOutput: Sendable, Equatable {
        /// The instances.
        public var dbInstances: [DBInstance]
        /// Page token of the next page.
        public var marker: String?

        /// Makes the value.
        public init(dbInstances: [DBInstance], marker: String? = nil) {
            self.dbInstances = dbInstances
            self.marker = marker
        }
    }
}

extension RDS.DescribeDBInstancesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.add("Marker", marker)
    }
}

extension RDS.DescribeDBInstancesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        dbInstances = try node.structures("DBInstances", "DBInstance")
        marker = node.text("Marker")
    }
}
