extension ElasticLoadBalancing {
    /// Answers that count as good.
    public struct Matcher: Sendable, Equatable {
        /// Status codes, such as `200-299`.
        public var httpCode: String?
        /// gRPC codes.
        public var grpcCode: String?

        /// Makes the value.
        public init(httpCode: String? = nil, grpcCode: String? = nil) {
            self.httpCode = httpCode
            self.grpcCode = grpcCode
        }
    }
}

extension ElasticLoadBalancing.Matcher: XMLDecodable {
    init(xml node: XMLNode) throws {
        httpCode = node.text("HttpCode")
        grpcCode = node.text("GrpcCode")
    }
}
