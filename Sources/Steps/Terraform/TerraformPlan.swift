import MigrateCore

/// What a plan would do.
struct TerraformPlan: Sendable, Equatable {
    /// Addresses of managed resources, by what happens to them.
    var created: [String] = []
    /// Taken into the state as they are, or with changes.
    var adopted: [String] = []
    /// Changed in place.
    var updated: [String] = []
    /// Destroyed, to be made anew or not.
    var destroyed: [String] = []
    /// Whether anything at all happens, outputs included.
    var hasChanges = false
    /// All that happens, with values before and after: two plans that do the same have the same.
    ///
    /// Why not the file: it holds the time, so a plan that is made again, as by looking, would be another one. Values may
    /// be secret: only a digest of this is ever recorded.
    private(set) var effect: Value = .null

    /// Reads the JSON of `terraform show`.
    ///
    /// Source: https://developer.hashicorp.com/terraform/internals/json-format, read 2026-11-21.
    init(_ json: Value) {
        for change in json["resource_changes"].array ?? [] where change["mode"].string == "managed" {
            let address = change["address"].interpolated
            let actions = (change["change"]["actions"].array ?? []).compactMap(\.string)
            if !change["change"]["importing"].isNull {
                adopted.append(address)
            } else if actions.contains("delete") {
                destroyed.append(address)
            } else if actions.contains("create") {
                created.append(address)
            } else if actions.contains("update") || !change["previous_address"].isNull {
                updated.append(address)
            }
        }
        let outputs = (json["output_changes"].object ?? [:]).filter { output in
            (output.value["actions"].array ?? []).contains { $0.string != "no-op" }
        }
        effect = ["resources": .array(Self.changed(json)), "outputs": .object(outputs)]
        hasChanges = !outputs.isEmpty || !(created + adopted + updated + destroyed).isEmpty
        created.sort()
        adopted.sort()
        updated.sort()
        destroyed.sort()
    }

    private static func changed(_ json: Value) -> [Value] {
        (json["resource_changes"].array ?? []).filter { resource in
            let change = resource["change"]
            let isMoved = !change["importing"].isNull || !resource["previous_address"].isNull
            return resource["mode"].string == "managed" && (isMoved || change["actions"] != ["no-op"])
        }
    }

    /// Plan in one line.
    var summary: String {
        guard hasChanges else { return "no changes" }
        let counts = [
            (created.count, "to create"), (adopted.count, "to adopt"), (updated.count, "to change"),
            (destroyed.count, "to destroy"),
        ]
        let said = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return said.isEmpty ? "outputs to change" : said.joined(separator: ", ")
    }

    /// Plan as facts.
    var facts: [String: Value] {
        func list(_ addresses: [String]) -> Value { .array(addresses.map { .string($0) }) }
        return [
            "summary": .string(summary), "create": list(created), "adopt": list(adopted), "change": list(updated),
            "destroy": list(destroyed),
        ]
    }
}
