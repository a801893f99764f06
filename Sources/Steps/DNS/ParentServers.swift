import MigrateCore
import Network

/// Asks the name servers above a zone to whom they delegate it, as every resolver without a cached answer does.
///
/// Why not a resolver: it may keep an old delegation for two days, or answer from a zone that only it sees.
/// Source: https://www.rfc-editor.org/rfc/rfc1034, 4.2.1 and 5.3.3, read 2026-11-22.
struct ParentServers: Sendable {
    /// Who named the servers of a zone.
    enum Witness: Sendable, Equatable {
        /// A name server of the zone above, `address:port`.
        case parent(zone: String, server: String)
        /// The resolver, since nobody above could be asked; why not.
        case resolver(why: String)
    }

    /// Most servers of the parent that are tried; each may take seconds where a firewall is silent.
    private static let tries = 3

    private let zone: String
    private let resolver: AuthoritativeServers

    /// Asks about `zone`, finding what lies above it by the resolver of `servers`.
    init(of zone: String, resolver servers: AuthoritativeServers) {
        self.zone = zone.hasSuffix(".") ? String(zone.dropLast()) : zone
        resolver = servers
    }

    /// Names of the servers that the zone is delegated to, none when it is not; and who says so.
    ///
    /// Throws: `DNSFailure`; `Problem` when not even the resolver answers.
    func delegation(_ world: World) async throws -> (names: [String], witness: Witness) {
        let why: String
        do {
            return try await fromAbove(world)
        } catch let unasked as Unasked {
            why = unasked.why
        }
        return (try await resolver.names(delegatedFor: zone, world), .resolver(why: why))
    }

    /// Nobody above could be asked.
    private struct Unasked: Error { var why: String }

    private func fromAbove(_ world: World) async throws -> (names: [String], witness: Witness) {
        let parent: (name: String, servers: [String])
        do {
            parent = try await found(world)
        } catch let failure as DNSFailure {
            throw Unasked(why: "the zone above was not found: \(failure.words)")
        } catch let problem as Problem {
            throw Unasked(why: "the zone above was not found: \(problem.message)")
        }
        for server in parent.servers.prefix(Self.tries) {
            var question = DNSQuestion(name: zone, type: .ns, server: server)
            question.isRecursive = false
            do {
                switch try await world.ask(question) {
                case .records(let records, _):
                    let names = records.filter { $0.type == DNSQuestion.RecordType.ns.rawValue }.map(\.data)
                    return (names, .parent(zone: parent.name, server: server))
                case .noData, .noName: return ([], .parent(zone: parent.name, server: server))
                case .refused: continue
                }
            } catch is DNSFailure { continue }
        }
        throw Unasked(why: "no name server of `\(parent.name)` gave an answer")
    }

    /// The nearest zone above, with its servers as `address:port`.
    private func found(_ world: World) async throws -> (name: String, servers: [String]) {
        var labels = zone.split(separator: ".").dropFirst()
        while !labels.isEmpty {
            let name = labels.joined(separator: ".")
            let names = try await resolver.names(delegatedFor: name, world)
            if !names.isEmpty {
                let addresses = try await resolver.addresses(of: names.sorted(), world).sorted()
                guard !addresses.isEmpty else { throw Problem("the name servers of `\(name)` have no address") }
                return (name, addresses.map { "\($0):53" })
            }
            labels = labels.dropFirst()
        }
        throw Problem("no name server is known of any zone above `\(zone)`")
    }
}
