import MigrateCore
import Network

/// Looks for the CAA records that bind certificates of a name, as an authority would: at the name, then upwards.
struct AuthorizationSearch: Sendable {
    /// What was found.
    struct Finding: Sendable, Equatable {
        /// The records; nil when no name on the way has any.
        var authorization: CertificateAuthorization?
        /// What could not be asked, in words.
        var remark: String?
    }

    /// Name of the zone, with its final dot.
    let zone: String
    /// Who answers for names in the zone.
    let witness: ZoneRecords.Witness
    /// `address:port` of the resolver for what lies above; nil asks the system's.
    let resolver: String?

    /// The records that bind certificates of `name`.
    ///
    /// Throws: `DNSFailure`, `Problem` when the zone's own server gives no answer. What lies above the zone is somebody
    /// else's, and a resolver that will not say is a remark.
    func search(for name: String, _ world: World) async throws -> Finding {
        var labels = name.split(separator: ".").map(String.init)
        while !labels.isEmpty {
            let place = labels.joined(separator: ".")
            let isInside = RecordSets.absolute(place) == zone || RecordSets.absolute(place).hasSuffix("." + zone)
            do {
                let records = try await records(at: place, isInside: isInside, world)
                if !records.isEmpty {
                    return Finding(authorization: CertificateAuthorization(at: place, records: records))
                }
            } catch  where !isInside {
                return Finding(remark: "CAA of `\(place)` and above is not known: \(Problem(of: error).message)")
            }
            labels.removeFirst()
        }
        return Finding()
    }

    private func records(at place: String, isInside: Bool, _ world: World) async throws -> [String] {
        var question = DNSQuestion(name: place, type: .caa, server: isInside ? witness.server : resolver)
        question.isRecursive = !(isInside && witness.isAuthoritative)
        switch try await world.ask(question) {
        case .records(let records, _):
            return records.filter { $0.type == DNSQuestion.RecordType.caa.rawValue }.map(\.data)
        case .noData, .noName: return []
        case .refused(let code): throw Problem("the name server refused the question, response code \(code)")
        }
    }
}
