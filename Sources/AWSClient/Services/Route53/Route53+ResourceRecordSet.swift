extension Route53 {
    /// One record set, with everything that its DELETE must repeat.
    public struct ResourceRecordSet: Sendable, Hashable {
        /// Name, absolute, with its final dot; other characters than letters, digits, `-`, `_`, `.` as `\ooo`.
        public var name: String
        /// Type, such as `A`.
        public var type: String
        /// Name of this member among sets of the same name and type; nil of a simple set.
        public var setIdentifier: String?
        /// Share of queries, 0 to 255, of a weighted set.
        public var weight: Int?
        /// Region of a latency set.
        public var region: String?
        /// `PRIMARY` or `SECONDARY` of a failover set.
        public var failover: String?
        /// Whether it is one of several values answered at random.
        public var multiValueAnswer: Bool?
        /// Where queries come from, of a geolocation set.
        public var geoLocation: GeoLocation?
        /// Time that answers may be kept; nil of an alias.
        ///
        /// Unit: seconds.
        public var ttl: Int?
        /// Values, in the form of their type; empty of an alias.
        public var resourceRecords: [String]
        /// Where an alias points.
        public var aliasTarget: AliasTarget?
        /// Health check that takes it out of answers.
        public var healthCheckId: String?
        /// Traffic policy instance that made it.
        public var trafficPolicyInstanceId: String?
        /// Parts of the set that this client does not know, as XML elements' names.
        ///
        /// Rule: a set with any must not be written back. Why: its DELETE would not match. What if you don't: the
        /// batch is refused, or a routing rule is lost.
        public var unknownParts: [String]

        /// Makes a simple record set; the rest are properties.
        public init(name: String, type: String, ttl: Int? = nil, resourceRecords: [String] = []) {
            self.name = name
            self.type = type
            self.ttl = ttl
            self.resourceRecords = resourceRecords
            unknownParts = []
        }
    }

    /// Where an alias points.
    public struct AliasTarget: Sendable, Hashable {
        /// Zone of the target, such as a load balancer's canonical zone.
        public var hostedZoneId: String
        /// Name of the target.
        public var dnsName: String
        /// Whether the target's health takes it out of answers.
        public var evaluateTargetHealth: Bool

        /// Makes an alias target.
        public init(hostedZoneId: String, dnsName: String, evaluateTargetHealth: Bool) {
            self.hostedZoneId = hostedZoneId
            self.dnsName = dnsName
            self.evaluateTargetHealth = evaluateTargetHealth
        }
    }

    /// Where queries of a geolocation set come from.
    public struct GeoLocation: Sendable, Hashable {
        /// Continent, two letters.
        public var continentCode: String?
        /// Country, two letters; `*` is everywhere else.
        public var countryCode: String?
        /// Part of a country.
        public var subdivisionCode: String?

        /// Makes a place.
        public init(continentCode: String? = nil, countryCode: String? = nil, subdivisionCode: String? = nil) {
            self.continentCode = continentCode
            self.countryCode = countryCode
            self.subdivisionCode = subdivisionCode
        }
    }
}
