/// Where one service is, and for which region its requests are signed.
struct Endpoint: Sendable, Equatable {
    /// Scheme, host and perhaps a path; no trailing slash.
    var url: String
    /// Region in signatures.
    var signingRegion: String
    /// Whether the operator chose it, so that host names must not be changed.
    var isCustom: Bool
}

/// Finds the endpoints of services.
///
/// Page: https://docs.aws.amazon.com/general/latest/gr/rande.html; judged by botocore 1.43.11's endpoint rules on the
/// table in `Tests/AWSClientTests/Fixtures`.
struct EndpointResolver: Sendable {
    /// What the operator chose.
    var settings: EndpointSettings

    /// Endpoint of `service` for `region`.
    func endpoint(of service: AWSService, region: String) -> Endpoint {
        let partition = Partition(region: region)
        let ownRegion = partition == .aws ? service.fixedSigningRegion ?? region : region
        let signingRegion = service.isGlobal ? globalSigningRegion(service, partition) : ownRegion
        if let url = settings.chosen(for: service) {
            return Endpoint(
                url: url.hasSuffix("/") ? String(url.dropLast()) : url,
                signingRegion: signingRegion,
                isCustom: true
            )
        }
        let host: String
        switch service.id {
        case AWSService.iam.id: host = iamHost(partition)
        case AWSService.route53.id: host = route53Host(partition)
        case AWSService.s3.id: host = s3Host(partition, region)
        case AWSService.ecr.id: host = ecrHost(partition, region)
        default:
            if partition == .aws, let fixed = service.fixedHost {
                host = fixed.split(separator: "*", omittingEmptySubsequences: false).joined(separator: region)
            } else {
                host = regionalHost(service, partition, region)
            }
        }
        return Endpoint(url: "https://\(host)", signingRegion: signingRegion, isCustom: false)
    }

    private func regionalHost(_ service: AWSService, _ partition: Partition, _ region: String) -> String {
        let isDualStack = settings.usesDualStack && !staysOnOldSuffix(service)
        let suffix = isDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        let isFIPS = settings.usesFIPS && !(partition == .usGov && isFIPSByItself(service))
        return "\(service.endpointPrefix)\(isFIPS ? "-fips" : "").\(region).\(suffix)"
    }

    /// Services whose names stay the same where they also have IPv6 addresses.
    private func staysOnOldSuffix(_ service: AWSService) -> Bool {
        switch service.id {
        case AWSService.secretsManager.id: true
        case AWSService.serviceDiscovery.id: !settings.usesFIPS
        default: false
        }
    }

    /// Services whose usual GovCloud endpoints are FIPS endpoints.
    private func isFIPSByItself(_ service: AWSService) -> Bool {
        if service.id == AWSService.cloudWatch.id { return true }
        let names = [
            AWSService.acm, .cloudWatchLogs, .ec2, .elasticLoadBalancing, .ssm, .sso, .ssoOIDC, .sts,
        ].map(\.id)
        return !settings.usesDualStack && names.contains(service.id)
    }

    private func iamHost(_ partition: Partition) -> String {
        let name = settings.usesFIPS ? "iam-fips" : "iam"
        return switch (partition, settings.usesDualStack) {
        case (.aws, false): "\(name).amazonaws.com"
        case (.aws, true): "\(name).global.api.aws"
        case (.china, false): "iam.cn-north-1.amazonaws.com.cn"
        case (.china, true): "iam.global.api.amazonwebservices.com.cn"
        case (.usGov, false): "iam.us-gov.amazonaws.com"
        case (.usGov, true): "iam.us-gov.api.aws"
        }
    }

    private func route53Host(_ partition: Partition) -> String {
        let name = settings.usesFIPS && partition == .aws ? "route53-fips" : "route53"
        return switch (partition, settings.usesDualStack) {
        case (.aws, false): "\(name).amazonaws.com"
        case (.aws, true): "\(name).global.api.aws"
        case (.china, false): "route53.amazonaws.com.cn"
        case (.china, true): "route53.global.api.amazonwebservices.com.cn"
        case (.usGov, false): "route53.us-gov.amazonaws.com"
        case (.usGov, true): "route53.us-gov.api.aws"
        }
    }

    private func s3Host(_ partition: Partition, _ region: String) -> String {
        let dualStack = settings.usesDualStack ? ".dualstack" : ""
        return "s3\(settings.usesFIPS ? "-fips" : "")\(dualStack).\(region).\(partition.dnsSuffix)"
    }

    private func ecrHost(_ partition: Partition, _ region: String) -> String {
        switch (settings.usesFIPS, settings.usesDualStack) {
        case (false, false): "api.ecr.\(region).\(partition.dnsSuffix)"
        case (true, false): "api.ecr-fips.\(region).\(partition.dnsSuffix)"
        case (false, true): "ecr.\(region).\(partition.dualStackSuffix)"
        case (true, true): "ecr-fips.\(region).\(partition.dualStackSuffix)"
        }
    }

    private func globalSigningRegion(_ service: AWSService, _ partition: Partition) -> String {
        switch partition {
        case .aws: "us-east-1"
        case .china: service.id == AWSService.route53.id ? "cn-northwest-1" : "cn-north-1"
        case .usGov: "us-gov-west-1"
        }
    }
}
