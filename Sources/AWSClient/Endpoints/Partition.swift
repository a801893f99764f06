/// A group of regions that share accounts and host names.
enum Partition: String, Sendable {
    case aws
    case china = "aws-cn"
    case usGov = "aws-us-gov"

    /// Partition that `region` belongs to.
    init(region: String) {
        if region.hasPrefix("cn-") {
            self = .china
        } else if region.hasPrefix("us-gov-") {
            self = .usGov
        } else {
            self = .aws
        }
    }

    /// End of its host names.
    var dnsSuffix: String {
        switch self {
        case .aws, .usGov: "amazonaws.com"
        case .china: "amazonaws.com.cn"
        }
    }

    /// End of its host names that also have IPv6 addresses.
    var dualStackSuffix: String {
        switch self {
        case .aws, .usGov: "api.aws"
        case .china: "api.amazonwebservices.com.cn"
        }
    }
}
