import Network

extension Backup {
    /// Lists backups of a resource, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByResource.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listRecoveryPointsByResource(_ input: ListRecoveryPointsByResourceInput) async throws -> AWSResponse<
        ListRecoveryPointsByResourceOutput
    > {
        var call = Call(.backup, "ListRecoveryPointsByResource", .readOnly)
        call.method = "GET"
        call.path = "/resources/\(PercentEncoding.encode(input.resourceArn))/recovery-points/"
        if let value = input.nextToken { call.query.append(("nextToken", value)) }
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `listRecoveryPointsByResource`.
    public struct ListRecoveryPointsByResourceInput: Sendable, Equatable {
        /// Resource.
        public var resourceArn: String
        /// Page token.
        public var nextToken: String?

        /// Makes the input; what is nil is left out.
        public init(resourceArn: String, nextToken: String? = nil) {
            self.resourceArn = resourceArn
            self.nextToken = nextToken
        }
    }

    /// Output of `listRecoveryPointsByResource`.
    public struct ListRecoveryPointsByResourceOutput: Decodable, Sendable, Equatable {
        /// The backups.
        public var recoveryPoints: [RecoveryPoint]?
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case recoveryPoints = "RecoveryPoints"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(recoveryPoints: [RecoveryPoint]? = nil, nextToken: String? = nil) {
            self.recoveryPoints = recoveryPoints
            self.nextToken = nextToken
        }
    }
}
