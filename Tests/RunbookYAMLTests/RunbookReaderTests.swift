import MigrateCore
import RunbookYAML
import Testing

@Suite struct RunbookReaderTests {
    @Test func goodRunbookHasNothingToSay() {
        #expect(Fixtures.messages(Fixtures.good) == "")
    }

    @Test(
        arguments: [
            ("{\"migrate\": 1, \"runbook\": \"a-b\", \"phases\": []}", "a-b"), ("runbook: a\nphases: 7", "a"),
            ("{phases: [{runbook: inner}], runbook: a}", "a"), ("{runbook: [a]}", nil), ("phases: []", nil), ("{", nil),
            ("", nil),
        ] as [(String, String?)]
    ) func theNameIsFoundWhateverElseIsWrong(text: String, name: String?) {
        #expect(RunbookReader.name(in: text) == name)
    }

    @Test func whatANoticeLeavesOutIsOursToSay() throws {
        let notices = """
            notices:
              - id: team
                do: slack.notify
                with: {webhook: "${secrets.slack}"}
              - id: pager
                on: [paused, waiting]
                do: webhook.post
                with: {url: "https://pager.${bucket}/"}
                timeout: 3s
              - id: own-words
                on: done
                do: slack.notify
                with: {webhook: "${secrets.slack}", message: "${bucket} is there (${notice.head})"}
            phases:
            """
        let plan = try Fixtures.plan(Fixtures.good.replacing("\nphases:\n", with: "\n\(notices)\n"))
        let planned = try #require(plan.notices)
        #expect(planned.map(\.id) == ["team", "pager", "own-words"])
        #expect(planned.map(\.moments) == [RunMoment.Kind.allCases, [.paused, .waiting], [.done]])
        #expect(planned.map(\.timeout) == [PlanNotice.usualTimeout, .seconds(3), PlanNotice.usualTimeout])
        #expect(planned[0].call.parameters["message"] == "${notice.text}\nlog head ${notice.head}")
        #expect(planned[0].call.parameters["webhook"] == "${secrets.slack}")
        #expect(planned[1].call.parameters["url"] == "https://pager.lgtm-vpc-1/")
        #expect(Set((planned[1].call.parameters["body"].object ?? [:]).keys) == Set(PlanNotice.members.keys))
        #expect(planned[2].call.parameters["message"] == "lgtm-vpc-1 is there (${notice.head})")
    }

    @Test func aRunbookMayNameItsOwnThingsNoticeElsewhere() throws {
        let text = Fixtures.good.replacing("  vpc_id: {default", with: "  notice: {default: x}\n  vpc_id: {default")
            .replacing("prefix: migrate-canary/", with: "prefix: \"${notice}/\"")
        #expect(Fixtures.messages(text) == "")
    }
}
