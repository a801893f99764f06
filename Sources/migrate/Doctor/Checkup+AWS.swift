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
        } catch { return [.failed("AWS", error, in: language)] }
        var findings = [CheckFinding(language.says("region", ko: "리전"), client.configuration.region, .pass)]
        findings.append(await clock(client, world))
        do {
            let start = composition.clock.now()
            let identity = try await client.sts.getCallerIdentity(.init()).value
            let took = composition.clock.now() - start
            findings.append(
                CheckFinding(
                    language.says("credentials", ko: "자격 증명"),
                    language.says(
                        "\(identity.arn), account \(identity.account), \(took.shortText)",
                        ko: "\(identity.arn), 계정 \(identity.account), \(took.shortText)"
                    ),
                    .pass
                )
            )
            findings.append(await expiry(client))
            findings += await endpoints(client, world)
            findings += await permissions(identity, client)
        } catch {
            findings.append(
                .failed(
                    language.says("credentials", ko: "자격 증명"),
                    error,
                    hint: language.says(
                        "log in again, or check profile, region and environment variables",
                        ko: "다시 로그인하거나 프로필, 리전, 환경 변수 확인"
                    ),
                    in: language
                )
            )
        }
        return findings
    }

    /// Time below which credentials may end in the middle of a step.
    private static let shortCredentials: Duration = .seconds(900)

    private func expiry(_ client: AWSClient) async -> CheckFinding {
        let what = language.says("expiry", ko: "만료")
        do {
            let credentials = try await client.currentCredentials()
            guard let end = credentials.expiration else {
                return CheckFinding(
                    what,
                    language.says(
                        "from \(credentials.source), which says no end",
                        ko: "출처 \(credentials.source), 만료 시각 없음"
                    ),
                    .pass
                )
            }
            let rest = Timestamp(milliseconds: Int64(end.seconds * 1000)) - composition.clock.now()
            // Why not a failure above it: every source but a fixed token is asked again before its credentials end.
            return CheckFinding(
                what,
                language.says(
                    "in \(rest.shortText), from \(credentials.source)",
                    ko: "\(rest.shortText) 뒤, 출처 \(credentials.source)"
                ),
                isGood: rest > Self.shortCredentials,
                hint: language.says("renew them before you start", ko: "시작하기 전에 갱신")
            )
        } catch {
            return .failed(what, error, hint: language.says("log in again", ko: "다시 로그인"), in: language)
        }
    }

    /// Difference between our clock and AWS's above which signatures are refused.
    private static let greatestSkew: Duration = .seconds(240)

    private func clock(_ client: AWSClient, _ world: World) async -> CheckFinding {
        let what = language.says("clock", ko: "시계")
        do {
            let answer = try await world.http.send(
                HTTPRequest(url: client.endpointURL(of: .sts), timeout: .seconds(10))
            )
            guard let date = answer.header("date").flatMap({ AWSTimestamp(httpDate: $0) }) else {
                let words = language.says("AWS's answer has no date to compare with", ko: "AWS 응답에 비교할 날짜가 없음")
                return CheckFinding(what, words, .unknown)
            }
            let skew = composition.clock.now() - Timestamp(milliseconds: Int64(date.seconds * 1000))
            let size = skew < .zero ? .zero - skew : skew
            let words =
                size < .seconds(2)
                ? language.says("agrees with AWS's", ko: "AWS 시계와 일치")
                : skew < .zero
                    ? language.says("\(size.shortText) behind AWS's", ko: "AWS 시계보다 \(size.shortText) 느림")
                    : language.says("\(size.shortText) ahead of AWS's", ko: "AWS 시계보다 \(size.shortText) 빠름")
            return CheckFinding(
                what,
                words,
                isGood: size < Self.greatestSkew,
                hint: language.says(
                    "set this machine's clock: AWS refuses signatures that are five minutes off",
                    ko: "이 머신의 시계를 맞춤: AWS는 5분 어긋난 서명을 거부함"
                )
            )
        } catch {
            return CheckFinding(
                what,
                language.says(
                    "AWS could not be asked for the time: \(Phrasebook.message(for: error, in: language).text)",
                    ko: "AWS에 시각을 물을 수 없음: \(Phrasebook.message(for: error, in: language).text)"
                ),
                .unknown,
                hint: language.says(
                    "check the network, the proxy and the endpoint of STS",
                    ko: "네트워크, 프록시, STS 엔드포인트 확인"
                )
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
        let failures = await Self.failures(of: urls) { [language] url, names in
            do {
                // Any answer at all will do: unsigned, it is a refusal.
                _ = try await world.http.send(HTTPRequest(url: url, timeout: .seconds(10)))
                return nil
            } catch {
                return CheckFinding(
                    language.says("endpoint of \(names)", ko: "\(names) 엔드포인트"),
                    "\(url): \(Phrasebook.message(for: error, in: language).text)",
                    .fail,
                    hint: language.says(
                        "open the way to it: a route, a proxy, or a VPC endpoint",
                        ko: "경로를 열어야 함: 라우트, 프록시, VPC 엔드포인트"
                    )
                )
            }
        }
        guard failures.isEmpty else { return failures }
        let words = language.says(
            "\(urls.count) endpoints of \(services.count) services answer",
            ko: "서비스 \(services.count)개의 엔드포인트 \(urls.count)개가 응답함"
        )
        return [CheckFinding(language.says("endpoints", ko: "엔드포인트"), words, .pass)]
    }

    private func permissions(_ identity: STS.GetCallerIdentityOutput, _ client: AWSClient) async -> [CheckFinding] {
        guard let plan else {
            let words = language.says(
                "there is no sound runbook here to check them for",
                ko: "확인 기준이 될 올바른 런북이 없음"
            )
            return [CheckFinding(language.says("permissions", ko: "권한"), words, .unknown)]
        }
        let place = RunbookPolicy.Place(
            partition: String(identity.arn.split(separator: ":").dropFirst().first ?? "aws"),
            region: client.configuration.region,
            account: identity.account
        )
        let policy = RunbookPolicy(of: plan, kinds: KindTable(StepCatalog.declarations), place: place)
        return await PermissionCheck(client: client, identity: identity.arn, language: language).findings(of: policy)
    }
}
