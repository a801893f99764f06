extension DNSMessage {
    /// What this message says about `question`.
    func answer(to question: DNSQuestion) -> DNSAnswer {
        switch code {
        case 0: break
        case 3: return .noName(negativeTTL: negativeTTL)
        default: return .refused(code: code)
        }
        let alias = DNSQuestion.RecordType.cname.rawValue
        let found = answers.filter { $0.type == question.type.rawValue || $0.type == alias }
        let hasWanted = found.contains { $0.type == question.type.rawValue }
        // An SOA without a wanted record is "no data", at the end of a chain of CNAMEs too (RFC 2308, 2.2).
        if hasWanted || (!found.isEmpty && negativeTTL == nil) {
            return .records(found, isAuthoritative: isAuthoritative)
        }
        let referrals = authorities.filter { $0.type == DNSQuestion.RecordType.ns.rawValue }
        guard !isAuthoritative, negativeTTL == nil, !referrals.isEmpty else { return .noData(negativeTTL: negativeTTL) }
        let own = referrals.filter { Self.isSameName($0.name, question.name) }
        return question.type == .ns && !own.isEmpty ? .records(own, isAuthoritative: false) : .refused(code: 0)
    }

    /// Whether two names are one: without regard to case and a final dot.
    private static func isSameName(_ one: String, _ other: String) -> Bool {
        let bare = { (name: String) in
            let lower = name.lowercased()
            return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
        }
        return bare(one) == bare(other)
    }
}
