import Network

extension EFS {
    /// Describes the mount targets of a file system, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/efs/latest/ug/API_DescribeMountTargets.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeMountTargets(_ input: DescribeMountTargetsInput) async throws -> AWSResponse<
        DescribeMountTargetsOutput
    > {
        var call = Call(.efs, "DescribeMountTargets", .readOnly)
        call.method = "GET"
        call.path = "/2015-02-01/mount-targets"
        if let value = input.fileSystemId { call.query.append(("FileSystemId", value)) }
        if let value = input.marker { call.query.append(("Marker", value)) }
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `describeMountTargets`.
    public struct DescribeMountTargetsInput: Sendable, Equatable {
        /// File system.
        public var fileSystemId: String?
        /// Page token.
        public var marker: String?

        /// Makes the input; what is nil is left out.
        public init(fileSystemId: String? = nil, marker: String? = nil) {
            self.fileSystemId = fileSystemId
            self.marker = marker
        }
    }

    /// Output of `describeMountTargets`.
    public struct DescribeMountTargetsOutput: Decodable, Sendable, Equatable {
        /// The mount targets.
        public var mountTargets: [MountTarget]?
        /// Page token of the next page.
        public var nextMarker: String?

        private enum CodingKeys: String, CodingKey {
            case mountTargets = "MountTargets"
            case nextMarker = "NextMarker"
        }

        /// Makes the value.
        public init(mountTargets: [MountTarget]? = nil, nextMarker: String? = nil) {
            self.mountTargets = mountTargets
            self.nextMarker = nextMarker
        }
    }
}
