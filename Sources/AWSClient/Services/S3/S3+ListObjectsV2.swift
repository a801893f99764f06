extension S3 {
    /// Lists objects of a bucket in the order of their keys, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listObjectsV2(_ input: ListObjectsV2Input) async throws -> AWSResponse<ListObjectsV2Output> {
        var call = Call("GET", bucket: input.bucket, "ListObjectsV2", .readOnly)
        // Keys may hold characters that XML cannot: S3 is asked to percent-encode them.
        call.query = [("list-type", "2"), ("encoding-type", "url")]
        if let token = input.continuationToken { call.query.append(("continuation-token", token)) }
        if let prefix = input.prefix { call.query.append(("prefix", prefix)) }
        if let delimiter = input.delimiter { call.query.append(("delimiter", delimiter)) }
        if let start = input.startAfter { call.query.append(("start-after", start)) }
        if let count = input.maxKeys { call.query.append(("max-keys", String(count))) }
        let answer = try await client.send(call)
        return answer.evidence(try answer.read(try answer.xml()))
    }

    /// All objects of a bucket that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allObjects(_ input: ListObjectsV2Input) async throws -> AWSResponse<[Object]> {
        try await allPages(
            .s3,
            "ListObjectsV2",
            fetch: { token in
                var page = input
                page.continuationToken = token ?? input.continuationToken
                return try await listObjectsV2(page)
            },
            items: \.contents,
            next: \.nextContinuationToken
        )
    }

    /// Input of `listObjectsV2`.
    public struct ListObjectsV2Input: Sendable, Equatable {
        /// Bucket.
        public var bucket: String
        /// Start of the keys wanted.
        public var prefix: String?
        /// Character up to which keys are grouped.
        public var delimiter: String?
        /// Key after which the list begins.
        public var startAfter: String?
        /// Entries a page, at most 1,000.
        public var maxKeys: Int?
        /// Page token.
        public var continuationToken: String?

        /// Makes the input; the rest are properties.
        public init(bucket: String, prefix: String? = nil) {
            self.bucket = bucket
            self.prefix = prefix
        }
    }

    /// Output of `listObjectsV2`.
    public struct ListObjectsV2Output: Sendable, Equatable {
        /// The objects.
        public var contents: [Object]
        /// Groups, where a delimiter was given.
        public var commonPrefixes: [String]
        /// Whether there are more.
        public var isTruncated: Bool
        /// Page token of the next page.
        public var nextContinuationToken: String?
    }

    /// An object in a list.
    public struct Object: Sendable, Equatable {
        /// Key, not encoded.
        public var key: String
        /// Unit: bytes.
        public var size: Int
        /// Entity tag, with its quotes.
        public var eTag: String?
        /// When it was put.
        public var lastModified: AWSTimestamp?
        /// Storage class, such as `STANDARD`.
        public var storageClass: String?
    }
}

extension S3.ListObjectsV2Output: XMLDecodable {
    init(xml node: XMLNode) throws {
        let isEncoded = node.text("EncodingType") == "url"
        contents = try node.all("Contents").map { try S3.Object(xml: $0, isEncoded: isEncoded) }
        commonPrefixes = try node.all("CommonPrefixes").map {
            try S3.key(try $0.required("Prefix"), isEncoded: isEncoded)
        }
        isTruncated = try node.requiredBoolean("IsTruncated")
        nextContinuationToken = node.text("NextContinuationToken")
    }
}

extension S3.Object {
    init(xml node: XMLNode, isEncoded: Bool) throws {
        key = try S3.key(try node.required("Key"), isEncoded: isEncoded)
        size = try node.requiredInteger("Size")
        eTag = node.text("ETag")
        lastModified = try node.timestamp("LastModified")
        storageClass = node.text("StorageClass")
    }
}

extension S3 {
    /// A key of a list; S3 encodes spaces as `+`.
    fileprivate static func key(_ text: String, isEncoded: Bool) throws -> String {
        guard isEncoded else { return text }
        guard
            let decoded = PercentEncoding.decode(
                text.split(separator: "+", omittingEmptySubsequences: false).joined(separator: " ")
            )
        else {
            throw ShapeFault(path: "ListBucketResult.Key", reason: "`\(text)`, which is not percent-encoded")
        }
        return decoded
    }
}
