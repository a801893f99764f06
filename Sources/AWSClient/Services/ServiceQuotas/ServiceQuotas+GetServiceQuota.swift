extension ServiceQuotas {
    /// Reads the value of a quota that applies to the account; `NoSuchResourceException` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getServiceQuota(_ input: GetServiceQuotaInput) async throws -> AWSResponse<GetServiceQuotaOutput> {
        try await client.json(Call(.serviceQuotas, "GetServiceQuota", .readOnly), input)
    }

    /// Input of `getServiceQuota`.
    public struct GetServiceQuotaInput: Encodable, Sendable, Equatable {
        /// Service, such as `fargate`.
        public var serviceCode: String
        /// Quota, such as `L-3032A538`.
        public var quotaCode: String

        private enum CodingKeys: String, CodingKey {
            case serviceCode = "ServiceCode"
            case quotaCode = "QuotaCode"
        }

        /// Makes the input.
        public init(serviceCode: String, quotaCode: String) {
            self.serviceCode = serviceCode
            self.quotaCode = quotaCode
        }
    }

    /// Output of `getServiceQuota`.
    public struct GetServiceQuotaOutput: Decodable, Sendable, Equatable {
        /// The quota.
        public var quota: ServiceQuota?

        private enum CodingKeys: String, CodingKey {
            case quota = "Quota"
        }

        /// Makes the value.
        public init(quota: ServiceQuota? = nil) {
            self.quota = quota
        }
    }

    /// A quota.
    public struct ServiceQuota: Decodable, Sendable, Equatable {
        /// Name, in words.
        public var quotaName: String?
        /// Most that the account may have.
        public var value: Double?
        /// Metric of what is used of it; nil when there is none.
        public var usageMetric: UsageMetric?

        private enum CodingKeys: String, CodingKey {
            case quotaName = "QuotaName"
            case value = "Value"
            case usageMetric = "UsageMetric"
        }

        /// Makes the value; the rest are properties.
        public init(value: Double? = nil) {
            self.value = value
        }
    }

    /// A metric of CloudWatch.
    public struct UsageMetric: Decodable, Sendable, Equatable {
        /// Namespace: `AWS/Usage`.
        public var namespace: String?
        /// Name: `ResourceCount`.
        public var name: String?
        /// Dimensions by name.
        public var dimensions: [String: String]?
        /// Statistic to read it by: `Maximum`.
        public var statistic: String?

        private enum CodingKeys: String, CodingKey {
            case namespace = "MetricNamespace"
            case name = "MetricName"
            case dimensions = "MetricDimensions"
            case statistic = "MetricStatisticRecommendation"
        }
    }
}
