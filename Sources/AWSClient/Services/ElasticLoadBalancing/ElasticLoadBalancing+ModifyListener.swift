extension ElasticLoadBalancing {
    /// Changes a listener; what is nil stays as it is.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func modifyListener(_ input: ModifyListenerInput) async throws -> AWSResponse<ModifyListenerOutput> {
        try await client.query(Call(.elasticLoadBalancing, "ModifyListener", .once), input)
    }

    /// Input of `modifyListener`.
    public struct ModifyListenerInput: Sendable, Equatable {
        /// Listener.
        public var listenerArn: String
        /// Port.
        public var port: Int?
        /// Protocol.
        public var protocolName: String?
        /// Security policy, of HTTPS and TLS.
        public var sslPolicy: String?
        /// Default certificate, exactly one.
        public var certificates: [Certificate]?
        /// Actions when no rule matches.
        public var defaultActions: [Action]?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(listenerArn: String) {
            self.listenerArn = listenerArn
        }
    }

    /// Output of `modifyListener`.
    public struct ModifyListenerOutput: Sendable, Equatable {
        /// The listener as it now is.
        public var listeners: [Listener]

        /// Makes the value.
        public init(listeners: [Listener] = []) {
            self.listeners = listeners
        }
    }
}

extension ElasticLoadBalancing.ModifyListenerInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("ListenerArn", listenerArn)
        form.add("Port", port)
        form.add("Protocol", protocolName)
        form.add("SslPolicy", sslPolicy)
        form.add("Certificates", certificates)
        form.add("DefaultActions", defaultActions)
    }
}

extension ElasticLoadBalancing.ModifyListenerOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        listeners = try node.structures("Listeners", "member")
    }
}
