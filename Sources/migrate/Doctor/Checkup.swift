import AWSClient
import MigrateCore
import Network
import Steps

/// What `doctor` looks at: this machine, its programs, its way to AWS and what it may do there.
struct Checkup {
    let composition: Composition
    /// Plan of the runbook here; nil when there is no sound one.
    let plan: Plan?

    init(composition: Composition) {
        self.composition = composition
        do {
            plan = try composition.plan(try composition.target()).plan
        } catch {
            // Why without a word: `validate` says what is wrong with a runbook; the machine can be looked at anyway.
            plan = nil
        }
    }

    /// Every check, in the order of its lines.
    func all() async -> [CheckFinding] {
        var findings = [stateFolder(), space()]
        let world: World
        do {
            world = try composition.world(for: nil)
        } catch { return findings + [.failed("tools", error)] }
        findings += await programs(world)
        findings += await aws(world)
        findings.append(await dns(world))
        return findings
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

    /// Host of STS, which every run asks first; nil when AWS is not set up.
    private func host(_ world: World) -> String? {
        let url: String
        do { url = try world.aws.endpointURL(of: .sts) } catch { return nil }
        let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        return rest.split(separator: ":").first.map(String.init)
    }
}
