import MigrateCore
import Testing

@testable import Steps

@Suite struct AWSAdviceTests {
    @Test func aDenialNamesThePermission() async throws {
        let message =
            "User: arn:aws:iam::1:user/x is not authorized to perform: ecr:DescribeRepositories on resource: arn:r because"
        let denied = ScriptedAWS.Call.json("DescribeRepositories", fails: "AccessDeniedException", message)
        do {
            _ = try await asking(ECRRepositoryProbe.self, ["name": "lgtm/mimir"], [denied])
            Issue.record("nothing was thrown")
        } catch {
            let problem = Problem(of: error)
            #expect(problem.message.contains("AccessDeniedException") && problem.message.contains("request-1"))
            #expect(problem.hint?.hasPrefix("allow `ecr:DescribeRepositories` on `arn:r`") == true)
        }
    }

    @Test func longTokensAreShortenedAndStayDistinct() {
        let long = String(repeating: "run-", count: 20)
        #expect(ClientToken.fitting("short", limit: 36) == "short")
        #expect(ClientToken.fitting(long + "1", limit: 36).count == 32)
        #expect(ClientToken.fitting(long + "1", limit: 36) != ClientToken.fitting(long + "2", limit: 36))
    }
}
