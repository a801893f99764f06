/// What Terraform's own log proves of an apply that was ended in the middle.
///
/// Source: seen of Terraform 1.11.4 with `TF_LOG=INFO` and the backend `s3`, 2026-11-21. A backend that does not tell
/// its lock's id leaves `heldLock` nil, and the lock to a person.
struct TerraformLog: Sendable, Equatable {
    /// Id of the lock that it took, or was about to take, and did not let go.
    private(set) var heldLock: String?
    /// Resources whose change it had begun, in order.
    private(set) var begun: [String] = []
    /// Whether it is a log at all, and shows no sign that the apply proper was reached.
    var provesThatNothingBegan: Bool { isTold && !isApplying && begun.isEmpty }

    private var isTold = false
    private var isApplying = false

    /// Reads the text of a log.
    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            if line.contains("Terraform version:") {
                isTold = true
            } else if line.contains("apply calling Apply") {
                isApplying = true
            } else if line.contains("Unlocked remote state") {
                heldLock = nil
            } else if line.contains("lock remote state") || line.contains("Locked remote state"),
                let id = Self.word(after: "tf_backend.lock.id=", in: line)
            {
                heldLock = id
            } else if let resource = Self.word(after: "Starting apply for ", in: line), !begun.contains(resource) {
                begun.append(resource)
            }
        }
    }

    private static func word(after mark: String, in line: Substring) -> String? {
        guard let range = line.firstRange(of: mark) else { return nil }
        let word = line[range.upperBound...].prefix { !$0.isWhitespace }
        return word.isEmpty ? nil : String(word)
    }
}
