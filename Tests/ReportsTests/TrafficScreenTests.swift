import MigrateCore
import Testing

@testable import Reports

/// Whole screens while traffic is away or has just come home.
@Suite struct TrafficScreenTests {
    @Test func aSoakSaysUntilWhenAndThatTrafficCanGoHome() {
        #expect(
            Story.shifting.screen(isHeld: true) == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                waiting until 08:05:11
                begun 2027-01-15T08:00:00Z by sungho, 56s ago; 25 events; the last 45s ago
                held by sungho@bastion, process 4711, `run`, renewed now

                  ✓ phase-1  Preparation     4/4  5s of 1d
                  … phase-5  Traffic switch  3/4  51s of 1m
                    … shift/soak-w10  soaking until 08:05:11 (in 4m 15s)

                skipped (not exercised): backup

                next: nothing to do before 08:05:11, in 4m 15s; `migrate back-out` brings
                      traffic home
                """
        )
    }

    @Test func aHaltWithTrafficAwaySaysThatItIsWatchedAndHowToGoOn() {
        #expect(
            Story.heldOpen.screen(isHeld: true) == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                paused, watching the traffic that is away: asked for by sungho
                begun 2027-01-15T08:00:00Z by sungho, 11s ago; 24 events; the last now
                held by sungho@bastion, process 4711, `run`, renewed now

                  ✓ phase-1  Preparation     4/4  5s of 1d
                  ▸ phase-5  Traffic switch  3/4  6s of 1m
                    · shift/soak-w10  pending

                skipped (not exercised): backup

                next: `migrate resume` goes on, `migrate back-out` brings traffic home
                """
        )
        #expect(Story.heldOpen.screen(width: 400).hasSuffix("next: `migrate run` goes on with phase-5"))
    }

    @Test func whoWaitsForPeopleBecauseItCouldNotTellDoesNotSeemToBeAtWork() {
        let lines = Story.stalled.screen(isHeld: true, width: 120).split(separator: "\n")
        #expect(lines[1] == "paused, watching the traffic that is away: step `shift/soak-w10` could not tell")
        #expect(lines.last == "next: `migrate resume` asks again, `migrate back-out` brings traffic home")
    }

    @Test func afterABackOutTrafficIsSaidToBeHome() {
        #expect(
            Story.backedOut.screen() == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                backed out, traffic is home: http: 503 from the new side
                begun 2027-01-15T08:00:00Z by sungho, 56s ago; 31 events; the last now

                  ✓ phase-1  Preparation     4/4  5s of 1d
                  ↶ phase-5  Traffic switch  2/4  51s of 1m
                    - shift/soak-w10  canceled

                skipped (not exercised): backup

                next: traffic is home; `migrate run` tries again, `migrate rollback` undoes what
                      is left of the phase
                """
        )
    }
}
