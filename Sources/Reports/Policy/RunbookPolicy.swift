import MigrateCore

/// The least that IAM must allow for one plan: what looking needs, and what changing needs beside it.
///
/// Resources are scoped to the names that the plan's parameters hold; a name that is known only during the run becomes
/// `*`.
public struct RunbookPolicy: Sendable {
    /// Partition, region and account that `*` stands for in the ARNs of declarations; nil leaves them open.
    public struct Place: Sendable {
        /// `aws`, `aws-cn`, `aws-us-gov`.
        public var partition: String
        /// Region; nil when it is not known.
        public var region: String?
        /// Account; nil when it is not known.
        public var account: String?

        /// Makes a place.
        public init(partition: String = "aws", region: String? = nil, account: String? = nil) {
            self.partition = partition
            self.region = region
            self.account = account
        }
    }

    /// Which half of the policy.
    public enum Part: String, Sendable, CaseIterable {
        /// For `plan`, `verify`, `doctor`, and everything else that changes nothing of the system's.
        case read
        /// For `run`, `back-out` and `rollback`, beside `read`.
        case change
    }

    /// One IAM action and the resources that it is needed on.
    public struct Need: Sendable, Hashable {
        /// `ecr:CreateRepository`.
        public var action: String
        /// ARNs, or `*`; sorted.
        public var resources: [String]
        /// Service that a role is passed to; for `iam:PassRole` alone.
        public var passedTo: String?

        /// What it has in common with the needs that go into one statement with it.
        public var scope: Scope { Scope(resources: resources, passedTo: passedTo) }
    }

    /// Resources that go into one statement, and its condition.
    public struct Scope: Sendable, Hashable {
        /// ARNs, or `*`; sorted.
        public var resources: [String]
        /// Service that a role is passed to; nil for everything that is no role.
        public var passedTo: String?
    }

    /// What IAM is asked for: an action, and for roles to whom they go.
    private struct Ask: Hashable {
        var action: String
        var passedTo: String?
    }

    /// What else must be allowed, which nobody can read from the runbook, and the kinds of its steps that need it; sorted.
    public let beside: [(what: String, kinds: [String])]

    private var needs: [Part: [Ask: Set<String>]] = [:]
    private let place: Place

    /// Works out the policy of `plan`.
    public init(of plan: Plan, kinds: KindTable, place: Place = Place()) {
        self.place = place
        let uses = plan.steps.flatMap { $0.usesForward + $0.usesBack }
        var beside: [String: Set<String>] = [:]
        for use in uses {
            guard let what = kinds.kind(use.kind, as: use.role)?.permissionsBeside else { continue }
            beside[what, default: []].insert(use.kind)
        }
        self.beside = beside.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
        // `doctor` and rollback's readiness ask with it whether the rest is allowed.
        add(Permission(["iam:SimulatePrincipalPolicy"], on: "*", mutates: false), to: .read, [:])
        for use in uses {
            add(kinds.kind(use.kind, as: use.role), use.parameters)
        }
        for notice in plan.notices ?? [] { add(kinds.kind(notice.call.kind, as: .action), notice.call.parameters) }
        for secret in plan.secrets { add(secret) }
    }

    /// Needs of `part`, sorted by action.
    public func needs(_ part: Part) -> [Need] {
        (needs[part] ?? [:])
            .map { Need(action: $0.key.action, resources: Self.shortened($0.value), passedTo: $0.key.passedTo) }
            .sorted { ($0.action, $0.passedTo ?? "") < ($1.action, $1.passedTo ?? "") }
    }

    /// Actions of `part` that have their scope in common, sorted by the first of them.
    public func needsByScope(_ part: Part) -> [(scope: Scope, actions: [String])] {
        Dictionary(grouping: needs(part), by: \.scope)
            .map { (scope: $0.key, actions: $0.value.map(\.action)) }
            .sorted { ($0.actions[0], $0.scope.passedTo ?? "") < ($1.actions[0], $1.scope.passedTo ?? "") }
    }

    /// Policy document of `part`: actions with the same resources in one statement.
    public func document(_ part: Part) -> Value {
        let statements = needsByScope(part).enumerated().map { index, entry -> Value in
            let (scope, actions) = entry
            var statement: [String: Value] = [
                "Sid": .string("\(part == .read ? "Read" : "Change")\(index + 1)"), "Effect": "Allow",
                "Action": .array(actions.map { .string($0) }),
                "Resource": .array(scope.resources.map { .string($0) }),
            ]
            if let service = scope.passedTo {
                statement["Condition"] = ["StringEquals": [Self.passedToKey: .string(service)]]
            }
            return .object(statement)
        }
        return ["Version": "2012-10-17", "Statement": .array(statements)]
    }

    /// Condition key of the service that a role is passed to.
    public static let passedToKey = "iam:PassedToService"

    /// Most characters that a managed policy may have, white space not counted.
    ///
    /// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, read 2026-11-21.
    public static let characterLimit = 6144

    private mutating func add(_ kind: KindDeclaration?, _ parameters: Value) {
        guard let kind else { return }
        var values = parameters.object ?? [:]
        for parameter in kind.parameters where values[parameter.name, default: .null].isNull {
            values[parameter.name] = parameter.defaultValue
        }
        // Why a probe's all belong to looking: `plan` and `verify` ask it, and one such as `s3.write` looks by writing.
        for permission in kind.permissions {
            add(permission, to: permission.mutates && kind.role == .action ? .change : .read, values)
        }
    }

    private mutating func add(_ secret: SecretDeclaration) {
        let permission: Permission
        switch secret.source {
        case .environment: return
        case .secretsManager(let id, _):
            // Secrets Manager puts six random characters behind the name in the ARN.
            let resource = id.hasPrefix("arn:") ? id : "arn:aws:secretsmanager:*:*:secret:\(id)-??????"
            permission = Permission(["secretsmanager:GetSecretValue"], on: resource, mutates: false)
        case .parameter(let name):
            let path = name.hasPrefix("/") ? String(name.dropFirst()) : name
            permission = Permission(["ssm:GetParameter"], on: "arn:aws:ssm:*:*:parameter/\(path)", mutates: false)
        }
        add(permission, to: .read, [:])
    }

    private mutating func add(_ permission: Permission, to part: Part, _ values: [String: Value]) {
        let resources = Self.filled(permission.resource, values).map(placed)
        for template in permission.actions {
            for action in Self.filled(template, values) where !action.contains("*") {
                needs[part, default: [:]][
                    Ask(action: action, passedTo: permission.passedTo),
                    default: []
                ].formUnion(resources)
            }
        }
    }

    /// `resource` with every value of every `${name}` in it.
    private static func filled(_ resource: String, _ values: [String: Value]) -> [String] {
        guard let start = resource.firstRange(of: "${"),
            let end = resource[start.upperBound...].firstIndex(of: "}")
        else { return [resource] }
        let name = String(resource[start.upperBound..<end])
        let head = resource[..<start.lowerBound]
        let tail = String(resource[resource.index(after: end)...])
        return texts(value(name, values)).flatMap { text -> [String] in
            // Why whole: an ARN given for a name stands for the thing itself.
            if text.hasPrefix("arn:"), head.hasPrefix("arn:") { return [text] }
            return filled(tail, values).map { head + text + $0 }
        }
    }

    /// Value of the parameter `name`, or of a member of it: `undo.operation`.
    private static func value(_ name: String, _ values: [String: Value]) -> Value {
        let path = name.split(separator: ".").map(String.init)
        guard let first = path.first, let found = values[first] else { return .null }
        let value = path.dropFirst().reduce(found) { $0[$1] }
        return name == "service" ? value.string.map { .string(iamPrefixes[$0] ?? $0) } ?? value : value
    }

    /// IAM's names of services that the AWS CLI calls otherwise.
    ///
    /// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/, read 2026-11-21.
    private static let iamPrefixes = [
        "elbv2": "elasticloadbalancing", "elb": "elasticloadbalancing", "stepfunctions": "states",
        "resourcegroupstaggingapi": "tag", "service-quotas": "servicequotas", "emr": "elasticmapreduce",
        "docdb": "rds", "neptune": "rds", "dynamodbstreams": "dynamodb", "sso-admin": "sso", "cloudhsmv2": "cloudhsm",
        "cloudcontrol": "cloudformation", "opensearchserverless": "aoss", "redshift-serverless": "redshift-serverless",
    ]

    private static func texts(_ value: Value) -> [String] {
        switch value {
        case .string(let text): text.isEmpty || Template.hasReferences(text) ? ["*"] : [text]
        case .array(let elements): elements.isEmpty ? ["*"] : elements.flatMap(texts)
        case .integer, .number, .bool: [value.text]
        case .null, .object: ["*"]
        }
    }

    /// `resource` in our partition, region and account, where its ARN leaves them open.
    private func placed(_ resource: String) -> String {
        var parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn" else { return resource }
        parts[1] = place.partition
        if parts[3] == "*", let region = place.region { parts[3] = region }
        if parts[2] == "ssm", parts[5].hasPrefix("document/AWS-") {
            // Documents of Systems Manager's own belong to no account.
            parts[4] = ""
        } else if parts[4] == "*", let account = place.account {
            parts[4] = account
        }
        return parts.joined(separator: ":")
    }

    /// `resources` without those that `*` covers.
    private static func shortened(_ resources: Set<String>) -> [String] {
        resources.contains("*") ? ["*"] : resources.sorted()
    }
}
