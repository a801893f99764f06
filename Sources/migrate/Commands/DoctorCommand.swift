import AWSClient
import ArgumentParser
import Foundation
import Glibc
import MigrateCore
import Network
import Steps

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine, its credentials and its way to AWS; exit 4 when one fails."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let checkup = Checkup(composition: composition)
            let findings = await checkup.all()
            if options.json {
                Talk.print(Value.array(findings.map(\.json)).indentedText)
            } else {
                for finding in findings {
                    Talk.print("\(finding.isGood ? "✓" : "✗") \(finding.what): \(finding.seen)")
                    if let hint = finding.hint { Talk.print("    hint: \(hint)") }
                }
            }
            return findings.allSatisfy(\.isGood) ? .success : .checkFailed
        }
    }
}

/// What `doctor` looks at.
struct Checkup {
    let composition: Composition

    struct Finding: Sendable {
        var what: String
        var seen: String
        var isGood: Bool
        var hint: String?

        var json: Value {
            [
                "check": .string(what), "seen": .string(seen), "pass": .bool(isGood),
                "hint": hint.map { .string($0) } ?? .null,
            ]
        }
    }

    func all() async -> [Finding] {
        var findings = [stateFolder(), space()]
        findings += programs()
        do {
            let world = try composition.world(for: nil)
            findings += await aws(world)
            findings.append(await dns(world))
        } catch { findings.append(failed("AWS", error)) }
        return findings
    }

    private func failed(_ what: String, _ error: any Error) -> Finding {
        let message = Phrasebook.message(for: error)
        return Finding(what: what, seen: message.text, isGood: false, hint: message.hint)
    }

    private func stateFolder() -> Finding {
        let folder = composition.options.state
        let isWritable = access(folder, W_OK) == 0 || (errno == ENOENT && access(".", W_OK) == 0)
        return Finding(
            what: "state folder",
            seen: "`\(folder)` \(isWritable ? "can be written" : "cannot be written")",
            isGood: isWritable,
            hint: isWritable ? nil : "give another with `--state`"
        )
    }

    /// Space below which a journal might not last a night.
    private static let leastSpace: Int64 = 100 << 20

    private func space() -> Finding {
        var facts = statvfs()
        let folder = access(composition.options.state, F_OK) == 0 ? composition.options.state : "."
        guard statvfs(folder, &facts) == 0 else {
            return Finding(what: "disk", seen: String(cString: strerror(errno)), isGood: false)
        }
        let free = Int64(facts.f_bavail) * Int64(facts.f_frsize)
        return Finding(
            what: "disk",
            seen: "\(free >> 20) MiB free",
            isGood: free >= Self.leastSpace,
            hint: free >= Self.leastSpace ? nil : "free some; a journal that cannot be written stops the run"
        )
    }

    /// Programs that the runbook's steps need; every kind's when there is no sound runbook here.
    private func programs() -> [Finding] {
        var needs: Set<[String]> = []
        do {
            let plan = try composition.plan(try composition.target()).plan
            let kinds = Set(plan.steps.map(\.work.kindName))
            needs = Set(StepCatalog.declarations.filter { kinds.contains($0.name) }.flatMap(\.programs))
        } catch {
            needs = Set(StepCatalog.declarations.flatMap(\.programs))
        }
        let path = composition.environment["PATH"] ?? ""
        return needs.sorted { $0.joined() < $1.joined() }.map { any in
            let found = any.first { ProgramSearch.path(of: $0, in: path) != nil }
            return Finding(
                what: any.joined(separator: " or "),
                seen: found.map { "`\($0)` is here" } ?? "not found",
                isGood: found != nil,
                hint: found == nil ? "install one of them" : nil
            )
        }
    }

    /// Difference between our clock and AWS's above which signatures are refused.
    private static let greatestSkew: Duration = .seconds(300)

    private func aws(_ world: World) async -> [Finding] {
        do {
            let before = composition.clock.now()
            let identity = try await world.aws.sts.getCallerIdentity(.init())
            let took = composition.clock.now() - before
            return [
                Finding(
                    what: "credentials",
                    seen: "\(identity.value.arn), account \(identity.value.account), \(took.shortText)",
                    isGood: true
                ),
                Finding(what: "region", seen: try world.aws.configuration.region, isGood: true),
            ]
        } catch { return [failed("credentials", error)] }
    }

    private func dns(_ world: World) async -> Finding {
        do {
            _ = try await world.dns.ask(DNSQuestion(name: "amazonaws.com", type: .ns, server: nil))
            return Finding(what: "DNS", seen: "the system's resolvers answer", isGood: true)
        } catch {
            return Finding(
                what: "DNS",
                seen: "the system's resolvers do not answer",
                isGood: false,
                hint: "check /etc/resolv.conf; inside a VPC its resolver is at the network's base address plus two"
            )
        }
    }
}
