import MigrateCore
import Testing

@testable import Reports

/// Whole outputs of the other reports.
@Suite struct ReportTests {
    private let style = Style(width: 80)

    @Test func aPlanShowsWhatEachChangeWouldAlterAndCounts() throws {
        let repository = StepID("repositories[mimir]")
        let owned = try #require(Story.failed.state.record(of: repository)?.owned)
        let weights = try #require(Story.shifting.state.record(of: StepID("shift/w10"))?.owned)
        let forecasts: [StepForecast] = [
            .init(step: StepID("network"), outlook: .over("succeeded")),
            .init(step: repository, outlook: .change(owned.change)),
            .init(step: StepID("repositories[loki]"), outlook: .stops(Problem("no such host", hint: "look at DNS"))),
            .init(step: StepID("backup"), outlook: .holds("image ami-1 is there")),
            .init(step: StepID("approve"), outlook: .waits("approval `cutover`")),
            .init(step: StepID("shift/convert"), outlook: .unknown(Problem("AccessDenied on ListHostedZones"))),
            .init(step: StepID("shift/w10"), outlook: .change(weights.change)),
            .init(step: StepID("shift/soak-w10"), outlook: .later),
        ]
        #expect(
            PlanReport.text(of: forecasts, in: .lgtm, style: style) == """
                lgtm-fargate · prod: what a run would do; nothing was changed

                phase-1  Preparation
                  + repositories[mimir]  create repository lgtm/mimir
                        + name: "x"
                  ✗ repositories[loki]   no such host
                        hint: look at DNS
                  = backup               image ami-1 is there

                phase-5  Traffic switch
                  … approve         waits: approval `cutover`
                  ? shift/convert   could not be asked: AccessDenied on ListHostedZones
                  ~ shift/w10       10 % of grafana.example.com to the new side
                        ~ weights.new: 0 → 10
                        ~ weights.old: 100 → 90
                  · shift/soak-w10  depends on what earlier steps find

                2 to change, 1 hold already, 1 wait, 1 would stop the run, 1 could not be asked,
                1 depend on earlier steps, 1 over
                """
        )
        #expect(PlanReport.Counts(forecasts).isAnythingPending)
        let json = PlanReport.json(of: forecasts, in: .lgtm)
        #expect(json["counts"]["change"] == 2)
        #expect(json["steps"].array?[6]["differences"].array?.count == 2)
    }

    @Test func aPlanWithNothingLeftSaysSo() {
        let over = Plan.lgtm.steps.map { StepForecast(step: $0.id, outlook: .over("succeeded")) }
        #expect(!PlanReport.Counts(over).isAnythingPending)
        #expect(PlanReport.text(of: over, in: .lgtm, style: style).hasSuffix("\n\n8 over"))
    }

    @Test func aRollbackPreviewShowsTheWayBackOfEachStep() throws {
        let state = Story.shifting.state
        let steps = try state.rollbackSteps(.all)
        #expect(
            RollbackReport.text(of: steps, in: state, includesKept: false, style: style) == """
                lgtm-fargate · prod · run 3: what a rollback would undo, newest first

                  ↶ shift/w10            traffic goes home first, all of it in one call
                  ↶ shift/convert        undo: convert grafana.example.com to a weighted set
                        - weights.new: 0
                        - weights.old: 100
                  ↶ repositories[mimir]  undo: create repository lgtm/mimir
                        - name: "x"

                3 to undo
                """
        )
        let json = RollbackReport.json(of: steps, in: state, includesKept: false)
        #expect(json["steps"].array?.map { $0["act"] } == ["traffic_home", "undo", "undo"])
    }

    @Test func whatIsAtRiskStandsWithTheStepThatItGoesWith() throws {
        let state = Story.shifting.state
        let steps = try state.rollbackSteps(.all)
        let risks = [StepID("shift/convert"): ["Mimir: 42 series"]]
        let text = RollbackReport.text(of: steps, in: state, includesKept: false, risks: risks, style: style)
        #expect(text.contains("        - weights.old: 100\n        at risk: Mimir: 42 series\n  ↶ repositories[mimir]"))
        let json = RollbackReport.json(of: steps, in: state, includesKept: false, risks: risks)
        #expect(json["steps"].array?.map { $0["at_risk"] } == [[], ["Mimir: 42 series"], []])
    }

    @Test func aStepInDoubtIsNotPromisedToBeUndone() throws {
        let state = Story.inDoubt.state
        let json = RollbackReport.json(of: try state.rollbackSteps(.all), in: state, includesKept: false)
        #expect(json["steps"].array?.map { $0["act"] } == ["in_doubt"])
    }

    @Test func keptThingsAreUndoneOnlyWhenAskedFor() throws {
        var story = Story()
        story.begin()
        story.make("backup", "create image of i-1")
        let steps = try story.state.rollbackSteps(.all)
        for (includesKept, act) in [(false, "keep"), (true, "undo")] {
            let json = RollbackReport.json(of: steps, in: story.state, includesKept: includesKept)
            #expect(json["steps"].array?.map { $0["act"] } == [.string(act)])
        }
    }

    @Test func readinessBlocksOnWhatIsUnknownAndWorse() {
        let findings: [StepReadiness] = [
            .init(step: StepID("shift/convert"), readiness: .ready("put the simple record back")),
            .init(step: StepID("repositories[mimir]"), readiness: .stale("expected 0 images, found 3")),
            .init(step: StepID("backup"), readiness: .notUndone("kept")),
            .init(step: StepID("network"), readiness: .unknown("no answer")),
        ]
        #expect(
            ReadinessReport.text(of: findings, style: style) == """
                ✓ shift/convert        ready: put the simple record back
                ✗ repositories[mimir]  stale: expected 0 images, found 3
                ■ backup               not undone: kept
                ? network              unknown: no answer

                2 rollbacks of 4 could not be shown to be ready
                """
        )
        #expect(ReadinessReport.json(of: findings)["ready"] == false)
        #expect(ReadinessReport.json(of: [findings[0], findings[2]])["ready"] == true)
    }

    @Test func driftStandsBelowWhatHolds() {
        let findings: [StepVerification] = [
            .init(step: StepID("network"), verdict: .fail("1 subnet, wanted 2")),
            .init(step: StepID("repositories[mimir]"), verdict: .pass("as this run left it")),
            .init(step: StepID("backup"), verdict: .inconclusive("no data in 5m")),
            .init(step: StepID("approve"), verdict: .error(Problem("AccessDenied", hint: "allow ec2:DescribeImages"))),
        ]
        #expect(
            VerifyReport.text(of: findings, style: style) == """
                ✓ repositories[mimir]  as this run left it
                ✗ network              fail: 1 subnet, wanted 2
                ? backup               inconclusive: no data in 5m
                ? approve              error: AccessDenied
                      hint: allow ec2:DescribeImages

                1 hold, 1 drifted, 2 could not be told
                """
        )
        #expect(VerifyReport.json(of: findings)["holds"] == false)
    }

    @Test func aStepIsShownWithItsChangeItsEvidenceAndItsWayBack() throws {
        let id = StepID("shift/convert")
        let story = Story.shifting
        let evidence = Evidence(
            subject: "route53 ChangeResourceRecordSets",
            summary: "200, change C1 PENDING",
            facts: ["change": "C1"],
            requestIDs: ["a-b-c"],
            at: story.time,
            took: .milliseconds(120)
        )
        let subject = StepReport.Subject(
            step: try #require(story.state.step(id)),
            record: try #require(story.state.record(of: id)),
            evidence: [StepEvidence(step: id, stage: "perform", sequence: 9, evidence: evidence)]
        )
        #expect(
            StepReport.text(of: subject, style: style, showsFacts: true) == """
                shift/convert  Convert the record
                ✓ succeeded  phase-5, do route53.record
                tried 1 time, started 2027-01-15T08:00:05Z, took 3s
                convert grafana.example.com to a weighted set

                with      name: "lgtm/mimir"
                effect    reconcilable
                undo      back to what was found before

                change  convert grafana.example.com to a weighted set
                        made by this run, reconcilable, token t0ken
                        + weights.new: 0
                        + weights.old: 100
                receipt {"request":"r-1"}

                made known
                  arn: "arn:aws:x"

                evidence
                  08:00:56  perform  route53 ChangeResourceRecordSets
                                     200, change C1 PENDING, 120ms
                                     request a-b-c
                      {
                        "change": "C1"
                      }
                """
        )
        let json = StepReport.json(of: subject)
        #expect(json["owned"]["before"] == ["ttl": 60, "weights": [:]])
        #expect(json["evidence"].array?.first?["took_seconds"] == 0.12)
    }

    @Test func aKindsPageSaysWhatItTakesAndHowItIsUndone() {
        let kind = KindDeclaration(
            name: "ecr.repository",
            role: .action,
            summary: "creates an ECR repository",
            parameters: [
                .required("name", .string, "Name of the repository"),
                .optional("scan_on_push", .boolean, default: false, "Whether images are scanned when pushed"),
            ],
            effect: .reconcilable,
            rollback: .captured,
            permissions: [Permission(["ecr:CreateRepository"], on: "*", mutates: true)],
            facts: ["uri": "Address to push to"],
            source: "https://docs.aws.amazon.com/ecr (2026-11-21)",
            example: "do: ecr.repository\nwith: {name: lgtm/mimir}"
        )
        #expect(
            KindsReport.page(of: kind, style: style) == """
                ecr.repository  creates an ECR repository
                an action: it changes the world

                parameters
                  name          Name of the repository (text, required)
                  scan_on_push  Whether images are scanned when pushed (true or false, default
                                false)

                facts
                  uri  Address to push to

                behaviour
                  outcome unknown  found out by looking, then adopted or made again
                  undone           back to what was found before

                permissions
                  change  ecr:CreateRepository on *

                example
                  do: ecr.repository
                  with: {name: lgtm/mimir}

                source: https://docs.aws.amazon.com/ecr (2026-11-21)
                """
        )
        #expect(
            KindsReport.list(of: [kind], style: style) == """
                actions
                  ecr.repository  creates an ECR repository
                """
        )
    }
}
