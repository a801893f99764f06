import AWSClient

extension AWSError {
    /// What to do about it: the permission or parameter that is likely missing; nil when the message says it all.
    var advice: String? {
        if let hint { return hint }
        if isDenial { return denialAdvice }
        switch kind {
        case .refused: return refusalAdvice
        case .unreadable:
            return status == 500
                ? "the endpoint at `AWS_ENDPOINT_URL` may not implement \(operation)"
                : "something between here and AWS answers in its place: a proxy, or a wrong endpoint"
        case .transport: return "check the network, the proxy and the endpoint of \(service)"
        case .credentials, .configuration, .endlessPages: return nil
        }
    }

    /// Whether it is a refusal for want of permission.
    var isDenial: Bool {
        [
            "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException",
            "AuthorizationError", "NotAuthorized",
        ].contains(code) || (kind == .refused && status == 403 && code.isEmpty)
    }

    /// Whether the call says nothing of what was asked: not implemented there, or we may not ask.
    var isNoJudgement: Bool {
        switch kind {
        case .unreadable: true
        case .refused: isDenial || status == 501 || code == "NotImplemented" || code == "UnsupportedOperation"
        case .transport, .credentials, .configuration, .endlessPages: false
        }
    }

    private var denialAdvice: String {
        // AWS writes: `User: arn:… is not authorized to perform: ecr:CreateRepository on resource: arn:… because …`.
        let words = message.split(separator: " ")
        guard let place = words.firstIndex(of: "perform:"), place + 1 < words.endIndex else {
            return "allow `\(permission)` to whoever runs this; `migrate policy` prints all that the runbook needs"
        }
        var advice = "allow `\(words[place + 1])`"
        if let place = words.firstIndex(of: "resource:"), place + 1 < words.endIndex {
            advice += " on `\(words[place + 1])`"
        }
        return advice + " to whoever runs this; `migrate policy` prints all that the runbook needs"
    }

    /// IAM's name of the operation, as far as it follows from the names of service and operation.
    ///
    /// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/ for the prefixes, from botocore
    /// 1.43.11's signing names, and for S3's operations, whose permissions have other names.
    private var permission: String {
        let prefixes = [
            "ECR": "ecr", "ECS": "ecs", "IAM": "iam", "EC2": "ec2", "S3": "s3", "CloudWatch Logs": "logs",
            "ServiceDiscovery": "servicediscovery", "Elastic Load Balancing v2": "elasticloadbalancing", "ACM": "acm",
            "CloudWatch": "cloudwatch", "SSM": "ssm", "Secrets Manager": "secretsmanager", "Route 53": "route53",
            "STS": "sts",
        ]
        let renamed = ["HeadBucket": "ListBucket", "ListObjectsV2": "ListBucket", "HeadObject": "GetObject"]
        let action = service == "S3" ? renamed[operation] ?? operation : operation
        return "\(prefixes[service] ?? service.lowercased()):\(action)"
    }

    private var refusalAdvice: String? {
        switch code {
        case "ExpiredToken", "ExpiredTokenException", "RequestExpired":
            return "renew the credentials, and check this machine's clock"
        case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "SignatureDoesNotMatch",
            "AuthFailure":
            return "check the credentials, the profile and the region"
        case "LimitExceeded", "LimitExceededException", "ResourceLimitExceeded", "ServiceQuotaExceededException":
            return "raise the account's quota for \(service)"
        default:
            // Why default: codes are AWS's, without end.
            let isAboutParameters = ["Validation", "InvalidParameter", "InvalidInput", "MissingParameter", "Malformed"]
                .contains(where: code.hasPrefix)
            return isAboutParameters ? "check the step's parameters against the message" : nil
        }
    }
}
