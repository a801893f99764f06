import Network

extension EFS {
    /// Describes file systems, one page; `FileSystemNotFound` for an id that is not there.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeFileSystems(_ input: DescribeFileSystemsInput) async throws -> AWSResponse<
        DescribeFileSystemsOutput
    > {
        var call = Call(.efs, "DescribeFileSystems", .readOnly)
        call.method = "GET"
        call.path = "/2015-02-01/file-systems"
        if let value = input.fileSystemId { call.query.append(("FileSystemId", value)) }
        if let value = input.marker { call.query.append(("Marker", value)) }
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `describeFileSystems`.
    public struct DescribeFileSystemsInput: Sendable, Equatable {
        /// Id.
        public var fileSystemId: String?
        /// Page token.
        public var marker: String?

        /// Makes the input; what is nil is left out.
        public init(fileSystemId: String? = nil, marker: String? = nil) {
            self.fileSystemId = fileSystemId
            self.marker = marker
        }
    }

    /// Output of `describeFileSystems`.
    public struct DescribeFileSystemsOutput: Decodable, Sendable, Equatable {
        /// The file systems.
        public var fileSystems: [FileSystem]?
        /// Page token of the next page.
        public var nextMarker: String?

        private enum CodingKeys: String, CodingKey {
            case fileSystems = "FileSystems"
            case nextMarker = "NextMarker"
        }

        /// Makes the value.
        public init(fileSystems: [FileSystem]? = nil, nextMarker: String? = nil) {
            self.fileSystems = fileSystems
            self.nextMarker = nextMarker
        }
    }
}
