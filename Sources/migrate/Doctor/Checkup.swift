import AWSClient
import MigrateCore
import Network
import Steps

/// What `doctor` looks at: this machine, its programs, its way to AWS and what it may do there.
struct Checkup {
    let composition: Composition
    /// Plan of the runbook here; nil when there is no sound one.
    let plan: Plan?
    /// What the runbook here is found to be.
    private let runbook: CheckFinding

    init(composition: Composition) {
        self.composition = composition
        do {
            let target = try composition.target()
            let plan = try composition.plan(target).plan
            self.plan = plan
            runbook = CheckFinding("runbook", "`\(plan.runbook)` for `\(target.environment)` is sound", .pass)
        } catch {
            // Why no failure: the machine can be looked at anyway, and what the catalogue as a whole needs be told.
            plan = nil
            let count = (error as? Diagnostics)?.all.count
            let words = count.map { "has \($0) mistakes" } ?? Phrasebook.message(for: error, in: .english).text
            runbook = CheckFinding("runbook", words, .unknown, hint: "`migrate validate` says what is wrong with it")
        }
    }

    /// Every check, in the order of its lines.
    func all() async -> [CheckFinding] {
        var findings = [stateFolder(), space(), runbook]
        let world: World
        do {
            world = try composition.world(for: nil)
        } catch { return findings + [.failed("tools", error)] }
        findings += await programs(world)
        findings += await aws(world)
        findings.append(await dns(world))
        findings += await nameServers(world)
        return findings
    }

    /// What `look` found wrong with each of `things`, all looked at at once; sorted.
    static func failures<Thing: Sendable>(
        of things: some Sequence<Thing>,
        look: @escaping @Sendable (Thing) async -> CheckFinding?
    ) async -> [CheckFinding] {
        await withTaskGroup(of: CheckFinding?.self) { group in
            for thing in things { group.addTask { await look(thing) } }
            var all: [CheckFinding] = []
            for await finding in group { if let finding { all.append(finding) } }
            return all.sorted { $0.what < $1.what }
        }
    }

    private func dns(_ world: World) async -> CheckFinding {
        let host = host(world) ?? "amazonaws.com"
        guard host.contains(where: \.isLetter), !host.contains(":"), host != "localhost" else {
            return CheckFinding("DNS", "the endpoint of AWS is an address: nothing is to be resolved", .pass)
        }
        do {
            switch try await world.dns.ask(DNSQuestion(name: host, type: .a, server: nil)) {
            case .records: return CheckFinding("DNS", "the system's resolvers know `\(host)`", .pass)
            case .noData, .noName, .refused:
                return CheckFinding(
                    "DNS",
                    "the system's resolvers answer, and do not know `\(host)`",
                    .fail,
                    hint: "check region and `AWS_ENDPOINT_URL`"
                )
            }
        } catch {
            return CheckFinding(
                "DNS",
                "the system's resolvers do not answer",
                .fail,
                hint: "check /etc/resolv.conf; inside a VPC its resolver is at the network's base address plus two"
            )
        }
    }

    /// Parameters of kinds that hold name servers, `address:port`.
    private static let serverParameters = ["server", "servers", "resolver", "resolvers"]

    /// Whether every name server that the runbook names answers from here, whatever it answers; nothing when it names none.
    private func nameServers(_ world: World) async -> [CheckFinding] {
        let uses = plan?.steps.flatMap { $0.usesForward + $0.usesBack } ?? []
        let named = uses.flatMap { use in
            Self.serverParameters.flatMap { name -> [String] in
                let value = use.parameters.object?[name] ?? .null
                return (value.array ?? [value]).compactMap(\.string)
            }
        }
        let servers = Set(named.filter { !$0.isEmpty && !Template.hasReferences($0) })
        guard !servers.isEmpty else { return [] }
        let failures = await Self.failures(of: servers) { server in
            do {
                _ = try await world.dns.ask(DNSQuestion(name: "amazonaws.com", type: .a, server: server))
                return nil
            } catch {
                return .failed("name server \(server)", error, hint: "open the way to it, or correct the runbook")
            }
        }
        guard failures.isEmpty else { return failures }
        return [CheckFinding("name servers", "\(servers.count) that the runbook names answer", .pass)]
    }

    /// Host of STS, which every run asks first; nil when AWS is not set up.
    private func host(_ world: World) -> String? {
        let url: String
        do { url = try world.aws.endpointURL(of: .sts) } catch { return nil }
        let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        return rest.split(separator: ":").first.map(String.init)
    }
}
