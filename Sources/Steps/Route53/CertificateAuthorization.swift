/// Which authorities may issue certificates for a name, as CAA records say.
///
/// Source: https://www.rfc-editor.org/rfc/rfc8659, read 2026-11-21.
struct CertificateAuthorization: Sendable, Equatable {
    /// Name that the records stand at: the one asked about, or the nearest above that has any.
    let place: String
    private let properties: [Property]

    private struct Property: Sendable, Equatable {
        var isCritical: Bool
        var tag: String
        var value: String
    }

    /// Reads `records`, each like `0 issue "amazon.com"`.
    init(at place: String, records: [String]) {
        self.place = place
        properties = records.map { record in
            let fields = record.split(separator: " ", maxSplits: 2)
            let flags = fields.first.flatMap { UInt8($0) } ?? 0
            let value = fields.count > 2 ? fields[2].drop { $0 == "\"" } : ""
            return Property(
                isCritical: flags & 0x80 != 0,
                tag: fields.count > 1 ? fields[1].lowercased() : "",
                value: String(value.hasSuffix("\"") ? value.dropLast() : value)
            )
        }
    }

    /// Tags that a certificate is not refused for, whatever their records hold.
    private static let knownTags: Set<String> = ["issue", "issuewild", "iodef", "contactemail", "contactphone"]

    /// A demand that authorities must understand and this tool does not; nil when there is none.
    var unknownDemand: String? {
        properties.first { $0.isCritical && !Self.knownTags.contains($0.tag) }?.tag
    }

    /// Authorities that may issue; nil when the records leave it to any.
    ///
    /// For a certificate that covers the name by a wildcard alone, `issuewild` takes the place of `issue`.
    func authorities(forWildcard isWildcard: Bool) -> [String]? {
        let wild = properties.filter { $0.tag == "issuewild" }
        let said = isWildcard && !wild.isEmpty ? wild : properties.filter { $0.tag == "issue" }
        guard !said.isEmpty else { return nil }
        return Set(said.map { Self.authority($0.value) }.filter { !$0.isEmpty }).sorted()
    }

    /// Domain of the authority, without the parameters after it; empty when nobody may issue.
    private static func authority(_ value: String) -> String {
        let domain = value.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        return domain.hasSuffix(".") ? String(domain.dropLast()) : domain
    }
}
