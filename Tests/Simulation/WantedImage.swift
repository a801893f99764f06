import MigrateCore

/// What an action makes of the image that it finds.
enum WantedImage {
    /// Nothing is to be done.
    case satisfied([String: Value])
    /// The world forbids it.
    case refused(String)
    /// This image is to be made.
    case change(Value)

    /// Whether nothing is to be done.
    var isSatisfied: Bool {
        if case .satisfied = self { true } else { false }
    }

    /// Works out what `call` wants over `found`.
    init(of call: ActionCall, over found: Value) {
        switch call.kind {
        case "notice": self = .change("sent")
        case "record": self = Self.record(call.parameters, over: found)
        default:
            let wanted = call.parameters["want"]
            self = found == wanted ? .satisfied(["id": "there"]) : .change(wanted)
        }
    }

    /// Facts that a change makes known.
    static func captures(of change: Change) -> [String: Value] {
        change.kind == "record" ? ["old_ttl": oldTTL(of: change.from)] : ["id": "made"]
    }

    /// Record before any shift.
    static let simple: Value = ["mode": "simple", "side": "old", "ttl": 90]

    /// Record with this share of its answers on the new side.
    static func weighted(_ share: Int64) -> Value { ["mode": "weighted", "new": .integer(share), "ttl": 60] }

    private static func oldTTL(of image: Value) -> Value { .string("\(image["ttl"].integer ?? 60)s") }

    private static func record(_ parameters: Value, over found: Value) -> WantedImage {
        let wanted: Value
        switch parameters["part"].interpolated {
        case "ttl":
            // A weighted record has the TTL of its members, which a shift has lowered already.
            if found["mode"] == "weighted" { return .satisfied(["old_ttl": oldTTL(of: found)]) }
            guard found["mode"] == "simple", found["side"] == "old" else { return .refused("no simple record") }
            wanted = ["mode": "simple", "side": "old", "ttl": 60]
        case "finish":
            if found["side"] == "new" { return .satisfied([:]) }
            guard found["mode"] == "weighted" else { return .refused("no weighted record") }
            wanted = ["mode": "simple", "side": "new", "ttl": 60]
        default:
            let share = parameters["share"].integer ?? 0
            let isOurs = found["mode"] == "weighted" || share == 0 && found["mode"] == "simple"
            guard isOurs, found["side"] != "new" else { return .refused("the record is not as the shift left it") }
            wanted = weighted(share)
        }
        return found == wanted ? .satisfied(["old_ttl": oldTTL(of: found)]) : .change(wanted)
    }
}
