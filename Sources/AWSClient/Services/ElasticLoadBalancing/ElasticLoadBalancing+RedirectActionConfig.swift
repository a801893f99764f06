extension ElasticLoadBalancing {
    /// Where a redirect leads.
    public struct RedirectActionConfig: Sendable, Equatable {
        /// Protocol.
        public var protocolName: String?
        /// Port.
        public var port: String?
        /// Host.
        public var host: String?
        /// Path.
        public var path: String?
        /// Query.
        public var query: String?
        /// `HTTP_301` or `HTTP_302`.
        public var statusCode: String

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(statusCode: String) {
            self.statusCode = statusCode
        }
    }
}

extension ElasticLoadBalancing.RedirectActionConfig: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Protocol", protocolName)
        form.add("Port", port)
        form.add("Host", host)
        form.add("Path", path)
        form.add("Query", query)
        form.add("StatusCode", statusCode)
    }
}

extension ElasticLoadBalancing.RedirectActionConfig: XMLDecodable {
    init(xml node: XMLNode) throws {
        protocolName = node.text("Protocol")
        port = node.text("Port")
        host = node.text("Host")
        path = node.text("Path")
        query = node.text("Query")
        statusCode = try node.required("StatusCode")
    }
}
