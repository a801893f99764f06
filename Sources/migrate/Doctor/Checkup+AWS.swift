import AWSClient
import MigrateCore
import Network
import Reports
import Steps

extension Checkup {
    /// Credentials, region, clock, endpoints and permissions.
    func aws(_ world: World) async -> [CheckFinding] {
        let client: AWSClient
        do {
            client = try world.aws
        } catch { return [.failed("AWS", error)] }
        var findings = [CheckFinding("region", client.configuration.region, .pass)]
        findings.append(await clock(client, world))
        do {
            let start = composition.clock.now()
            let identity = try await client.sts.getCallerIdentity(.init()).value
            let took = composition.clock.now() - start
            findings.append(
                CheckFinding("credentials", "\(identity.arn), account \(identity.account), \(took.shortText)", .pass)
            )
            findings.append(await expiry(client))
            findings += await endpoints(client, world)
            findings += await permissions(identity, client)
        } catch {
            findings.append(
                .failed("credentials", error, hint: "log in again, or check profile, region and environment variables")
            )
        }
        return findings
    }

    /// Time below which credentials may end in the middle of a step.
    private static let shortCredentials: Duration = .seconds(900)

    private func expiry(_ client: AWSClient) async -> CheckFinding {
        do {
            let credentials = try await client.currentCredentials()
            guard let end = credentials.expiration else {
                return CheckFinding("expiry", "from \(credentials.source), which says no end", .pass)
            }
            let rest = Timestamp(milliseconds: Int64(end.seconds * 1000)) - composition.clock.now()
            // Why not a failure above it: every source but a fixed token is asked again before its credentials end.
            return CheckFinding(
                "expiry",
                "in \(rest.shortText), from \(credentials.source)",
                isGood: rest > Self.shortCredentials,
                hint: "renew them before you start"
            )
        } catch { return .failed("expiry", error, hint: "log in again") }
    }

    /// Difference between our clock and AWS's above which signatures are refused.
    private static let greatestSkew: Duration = .seconds(240)

    private func clock(_ client: AWSClient, _ world: World) async -> CheckFinding {
        do {
            let answer = try await world.http.send(
                HTTPRequest(url: client.endpointURL(of: .sts), timeout: .seconds(10))
            )
            guard let date = answer.header("date").flatMap({ AWSTimestamp(httpDate: $0) }) else {
                return CheckFinding("clock", "AWS's answer has no date to compare with", .unknown)
            }
            let skew = composition.clock.now() - Timestamp(milliseconds: Int64(date.seconds * 1000))
            let size = skew < .zero ? .zero - skew : skew
            return CheckFinding(
                "clock",
                size < .seconds(2)
                    ? "agrees with AWS's" : "\(size.shortText) \(skew < .zero ? "behind" : "ahead of") AWS's",
                isGood: size < Self.greatestSkew,
                hint: "set this machine's clock: AWS refuses signatures that are five minutes off"
            )
        } catch {
            return CheckFinding(
                "clock",
                "AWS could not be asked for the time: \(Phrasebook.message(for: error, in: .english).text)",
                .unknown,
                hint: "check the network, the proxy and the endpoint of STS"
            )
        }
    }

    /// Whether every service that the runbook needs answers from here.
    private func endpoints(_ client: AWSClient, _ world: World) async -> [CheckFinding] {
        let services = ServicesInUse(plan: plan).all
        let urls = Dictionary(
            services.map { (client.endpointURL(of: $0), $0.id) },
            uniquingKeysWith: { "\($0), \($1)" }
        )
        let failures = await Self.failures(of: urls) { url, names in
            do {
                // Any answer at all will do: unsigned, it is a refusal.
                _ = try await world.http.send(HTTPRequest(url: url, timeout: .seconds(10)))
                return nil
            } catch {
                return CheckFinding(
                    "endpoint of \(names)",
                    "\(url): \(Phrasebook.message(for: error, in: .english).text)",
                    .fail,
                    hint: "open the way to it: a route, a proxy, or a VPC endpoint"
                )
            }
        }
        guard failures.isEmpty else { return failures }
        return [CheckFinding("endpoints", "\(urls.count) endpoints of \(services.count) services answer", .pass)]
    }

    private func permissions(_ identity: STS.GetCallerIdentityOutput, _ client: AWSClient) async -> [CheckFinding] {
        guard let plan else {
            return [CheckFinding("permissions", "there is no sound runbook here to check them for", .unknown)]
        }
        let place = RunbookPolicy.Place(
            partition: String(identity.arn.split(separator: ":").dropFirst().first ?? "aws"),
            region: client.configuration.region,
            account: identity.account
        )
        let policy = RunbookPolicy(of: plan, kinds: KindTable(StepCatalog.declarations), place: place)
        return await PermissionCheck(client: client, identity: identity.arn).findings(of: policy)
    }
}
