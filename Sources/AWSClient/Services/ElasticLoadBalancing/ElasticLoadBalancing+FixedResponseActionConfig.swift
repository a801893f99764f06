extension ElasticLoadBalancing {
    /// A fixed answer.
    public struct FixedResponseActionConfig: Sendable, Equatable {
        /// Body.
        public var messageBody: String?
        /// Status code.
        public var statusCode: String
        /// Media type.
        public var contentType: String?

        /// Makes the value.
        public init(messageBody: String? = nil, statusCode: String, contentType: String? = nil) {
            self.messageBody = messageBody
            self.statusCode = statusCode
            self.contentType = contentType
        }
    }
}

extension ElasticLoadBalancing.FixedResponseActionConfig: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("MessageBody", messageBody)
        form.add("StatusCode", statusCode)
        form.add("ContentType", contentType)
    }
}

extension ElasticLoadBalancing.FixedResponseActionConfig: XMLDecodable {
    init(xml node: XMLNode) throws {
        messageBody = node.text("MessageBody")
        statusCode = try node.required("StatusCode")
        contentType = node.text("ContentType")
    }
}
