import AWSClient
import MigrateCore

/// A task definition's own attributes, in one form whoever wrote them.
///
/// Why: ECS adds empty lists, zero sizes and defaults to what it was given, so bytes cannot be compared.
/// Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html (botocore
/// 1.43.11's model of it, read 2026-11-21).
enum TaskDefinitionDocument {
    /// Members that ECS makes, and tags, which belong to the revision and not to what runs.
    private static let made: Set<String> = [
        "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt",
        "registeredBy", "deregisteredAt", "deleteRequestedAt", "tags",
    ]

    /// The document without what ECS adds.
    static func canonical(_ document: Value) -> Value {
        var members = (document.object ?? [:]).filter { !made.contains($0.key) }
        for name in ["cpu", "memory"] {
            if let size = members[name] { members[name] = .string(size.interpolated) }
        }
        if let containers = members["containerDefinitions"]?.array {
            members["containerDefinitions"] = .array(containers.map(canonicalContainer))
        }
        return pruned(.object(members))
    }

    private static func canonicalContainer(_ container: Value) -> Value {
        guard var members = container.object else { return container }
        // Why true is dropped: a container is essential unless it says otherwise, and ECS writes that out.
        if members["essential"] == true { members["essential"] = .null }
        if members["cpu"] == 0 { members["cpu"] = .null }
        for name in ["environment", "secrets"] {
            if let entries = members[name]?.array?.map(textual) {
                members[name] = .array(entries.sorted { $0["name"].interpolated < $1["name"].interpolated })
            }
        }
        if let log = members["logConfiguration"]?.object {
            members["logConfiguration"] = .object(log.merging(["options": textual(log["options"] ?? .null)]) { $1 })
        }
        if let ports = members["portMappings"]?.array {
            members["portMappings"] = .array(ports.map(canonicalPort))
        }
        return .object(members)
    }

    /// `value` with its numbers and truths as text, which is all that ECS takes there; a filled-in value may be one.
    private static func textual(_ value: Value) -> Value {
        .object(
            (value.object ?? [:]).mapValues { member in
                switch member {
                case .bool, .integer, .number: .string(member.text)
                case .null, .string, .array, .object: member
                }
            }
        )
    }

    private static func canonicalPort(_ mapping: Value) -> Value {
        guard var members = mapping.object else { return mapping }
        if members["protocol"] == "tcp" { members["protocol"] = .null }
        if members["hostPort"] == members["containerPort"] { members["hostPort"] = .null }
        return .object(members)
    }

    /// Without members that say nothing: null, and empty lists and mappings.
    private static func pruned(_ value: Value) -> Value {
        switch value {
        case .object(let members):
            .object(members.mapValues(pruned).filter { !$0.value.isNull && $0.value != [] && $0.value != [:] })
        case .array(let elements): .array(elements.map(pruned))
        case .null, .bool, .integer, .number, .string: value
        }
    }

    /// Images that its containers run, by container.
    static func images(of document: Value) -> [String: String] {
        var images: [String: String] = [:]
        for container in document["containerDefinitions"].array ?? [] {
            images[container["name"].interpolated] = container["image"].interpolated
        }
        return images
    }
}

extension Value {
    /// The same value as the AWS client holds it.
    init(_ document: JSONDocument) {
        switch document {
        case .null: self = .null
        case .bool(let truth): self = .bool(truth)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .string(let text): self = .string(text)
        case .array(let entries): self = .array(entries.map { Value($0) })
        case .object(let members): self = .object(members.mapValues { Value($0) })
        }
    }
}
