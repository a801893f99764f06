extension Route53.ResourceRecordSet: XMLDecodable {
    private static let knownParts: Set<String> = [
        "Name", "Type", "SetIdentifier", "Weight", "Region", "Failover", "MultiValueAnswer", "GeoLocation", "TTL",
        "ResourceRecords", "AliasTarget", "HealthCheckId", "TrafficPolicyInstanceId",
    ]

    init(xml node: XMLNode) throws {
        name = try node.required("Name")
        type = try node.required("Type")
        setIdentifier = node.text("SetIdentifier")
        weight = try node.integer("Weight")
        region = node.text("Region")
        failover = node.text("Failover")
        multiValueAnswer = try node.boolean("MultiValueAnswer")
        geoLocation = node["GeoLocation"].map {
            Route53.GeoLocation(
                continentCode: $0.text("ContinentCode"),
                countryCode: $0.text("CountryCode"),
                subdivisionCode: $0.text("SubdivisionCode")
            )
        }
        ttl = try node.integer("TTL")
        resourceRecords = try node["ResourceRecords"]?.all("ResourceRecord").map { try $0.required("Value") } ?? []
        aliasTarget = try node["AliasTarget"].map {
            Route53.AliasTarget(
                hostedZoneId: try $0.required("HostedZoneId"),
                dnsName: try $0.required("DNSName"),
                evaluateTargetHealth: try $0.requiredBoolean("EvaluateTargetHealth")
            )
        }
        healthCheckId = node.text("HealthCheckId")
        trafficPolicyInstanceId = node.text("TrafficPolicyInstanceId")
        unknownParts = node.children.map(\.name).filter { !Route53.ResourceRecordSet.knownParts.contains($0) }
    }

    /// Writes the set, members in the order of Route 53's schema, which it insists on.
    func write(to writer: inout XMLWriter) {
        writer.element("ResourceRecordSet") { set in
            set.element("Name", name)
            set.element("Type", type)
            set.element("SetIdentifier", setIdentifier)
            set.element("Weight", weight.map(String.init))
            set.element("Region", region)
            if let geoLocation {
                set.element("GeoLocation") { place in
                    place.element("ContinentCode", geoLocation.continentCode)
                    place.element("CountryCode", geoLocation.countryCode)
                    place.element("SubdivisionCode", geoLocation.subdivisionCode)
                }
            }
            set.element("Failover", failover)
            set.element("MultiValueAnswer", multiValueAnswer.map(String.init))
            set.element("TTL", ttl.map(String.init))
            writeTargets(to: &set)
            set.element("HealthCheckId", healthCheckId)
            set.element("TrafficPolicyInstanceId", trafficPolicyInstanceId)
        }
    }

    private func writeTargets(to set: inout XMLWriter) {
        if !resourceRecords.isEmpty {
            set.element("ResourceRecords") { list in
                for value in resourceRecords {
                    list.element("ResourceRecord") { $0.element("Value", value) }
                }
            }
        }
        if let aliasTarget {
            set.element("AliasTarget") { alias in
                alias.element("HostedZoneId", aliasTarget.hostedZoneId)
                alias.element("DNSName", aliasTarget.dnsName)
                alias.element("EvaluateTargetHealth", String(aliasTarget.evaluateTargetHealth))
            }
        }
    }
}
