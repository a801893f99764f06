import AWSClient
import MigrateCore
import Network
import Steps

/// What `doctor` looks at: this machine, its programs, its way to AWS and what it may do there.
struct Checkup {
    let composition: Composition
    /// What it is said in; what programs read is English.
    let language: Language
    /// Plan of the runbook here; nil when there is no sound one.
    let plan: Plan?
    /// What the runbook here is found to be.
    private let runbook: CheckFinding

    init(composition: Composition) {
        self.composition = composition
        let language = composition.options.json ? .english : composition.language
        self.language = language
        let what = language.says("runbook", ko: "런북")
        do {
            let target = try composition.target()
            let plan = try composition.plan(target).plan
            self.plan = plan
            runbook = CheckFinding(
                what,
                language.says(
                    "`\(plan.runbook)` for `\(target.environment)` is sound",
                    ko: "`\(target.environment)`의 `\(plan.runbook)` 이상 없음"
                ),
                .pass
            )
        } catch {
            // Why no failure: the machine can be looked at anyway, and what the catalogue as a whole needs be told.
            plan = nil
            let count = (error as? Diagnostics)?.all.count
            let words =
                count.map { language.says("has \($0) mistakes", ko: "오류 \($0)개") }
                ?? Phrasebook.message(for: error, in: language).text
            let hint = language.says(
                "`migrate validate` says what is wrong with it",
                ko: "무엇이 잘못되었는지 보려면 `migrate validate`"
            )
            runbook = CheckFinding(what, words, .unknown, hint: hint)
        }
    }

    /// Every check, in the order of its lines.
    func all() async -> [CheckFinding] {
        var findings = [stateFolder(), space(), runbook]
        let world: World
        do {
            world = try composition.world(for: nil)
        } catch { return findings + [.failed(language.says("tools", ko: "도구"), error, in: language)] }
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
            let words = language.says(
                "the endpoint of AWS is an address: nothing is to be resolved",
                ko: "AWS 엔드포인트가 주소이므로 조회할 이름이 없음"
            )
            return CheckFinding("DNS", words, .pass)
        }
        do {
            switch try await world.dns.ask(DNSQuestion(name: host, type: .a, server: nil)) {
            case .records:
                let words = language.says("the system's resolvers know `\(host)`", ko: "시스템 리졸버가 `\(host)` 응답함")
                return CheckFinding("DNS", words, .pass)
            case .noData, .noName, .refused:
                return CheckFinding(
                    "DNS",
                    language.says(
                        "the system's resolvers answer, and do not know `\(host)`",
                        ko: "시스템 리졸버가 응답하지만 `\(host)` 이름을 모름"
                    ),
                    .fail,
                    hint: language.says("check region and `AWS_ENDPOINT_URL`", ko: "리전과 `AWS_ENDPOINT_URL` 확인")
                )
            }
        } catch {
            return CheckFinding(
                "DNS",
                language.says("the system's resolvers do not answer", ko: "시스템 리졸버가 응답하지 않음"),
                .fail,
                hint: language.says(
                    "check /etc/resolv.conf; inside a VPC its resolver is at the network's base address plus two",
                    ko: "/etc/resolv.conf 확인; VPC 안의 리졸버는 네트워크 기본 주소에 2를 더한 주소"
                )
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
        let failures = await Self.failures(of: servers) { [language] server in
            do {
                _ = try await world.dns.ask(DNSQuestion(name: "amazonaws.com", type: .a, server: server))
                return nil
            } catch {
                return .failed(
                    language.says("name server \(server)", ko: "네임 서버 \(server)"),
                    error,
                    hint: language.says("open the way to it, or correct the runbook", ko: "경로를 열거나 런북을 고침"),
                    in: language
                )
            }
        }
        guard failures.isEmpty else { return failures }
        let words = language.says(
            "\(servers.count) that the runbook names answer",
            ko: "런북에 적힌 \(servers.count)개가 응답함"
        )
        return [CheckFinding(language.says("name servers", ko: "네임 서버"), words, .pass)]
    }

    /// Host of STS, which every run asks first; nil when AWS is not set up.
    private func host(_ world: World) -> String? {
        let url: String
        do { url = try world.aws.endpointURL(of: .sts) } catch { return nil }
        let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        return rest.split(separator: ":").first.map(String.init)
    }
}
