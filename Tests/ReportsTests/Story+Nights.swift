import MigrateCore

/// Nights that went one way or another.
extension Story {
    /// Nothing wrong; the first phase is over and the second waits for people.
    static var waiting: Story {
        var story = Story()
        story.begin(timeScale: 60)
        story.finishFirstPhase()
        story.start("approve")
        story.tell(.step(StepID("approve"), .approvalAsked(until: story.time + .seconds(3600))))
        story.pass(.seconds(90))
        return story
    }

    /// One repository was refused, another was made.
    static var failed: Story {
        var story = Story()
        story.begin()
        story.probe("network", "2 subnets in 2 zones, 250 addresses free")
        story.make("repositories[mimir]", "create repository lgtm/mimir")
        story.fail(
            "repositories[loki]",
            "the service refused: LimitExceeded, repositories in this account: 10000 of 10000",
            hint: "ask for a larger quota"
        )
        story.end(.paused(.failedStep(StepID("repositories[loki]"))))
        story.pass(.seconds(100))
        return story
    }

    /// A call was sent and its answer was lost.
    static var inDoubt: Story {
        var story = Story()
        story.begin()
        story.probe("network", "2 subnets in 2 zones, 250 addresses free")
        story.send("repositories[mimir]", "create repository lgtm/mimir")
        let problem = Problem("no answer to CreateRepository after 30s; the repository is neither there nor not")
        let attempt = story.attempt("repositories[mimir]")
        story.tell(.change(attempt, .outcomeUnknown(problem)), .change(attempt, .inDoubt(problem)))
        story.end(.paused(.inDoubt(StepID("repositories[mimir]"))))
        return story
    }

    /// Traffic is on its way: 10 % on the new side, watched.
    static var shifting: Story {
        var story = away
        story.start("shift/soak-w10")
        story.tell(.step(StepID("shift/soak-w10"), .soakStarted(until: story.time + .seconds(300))))
        story.pass(.seconds(45))
        return story
    }

    /// Halted by its operator between two steps, with its process watching the traffic.
    static var heldOpen: Story {
        var story = away
        story.tell(.run(.halted(.paused(.byOperator("sungho")))))
        return story
    }

    /// It could not be seen whether the next share arrived; the process watches the traffic and waits for people.
    static var stalled: Story {
        var story = away
        story.start("shift/soak-w10")
        story.tell(.step(StepID("shift/soak-w10"), .stalled(Problem("no answer from the name server in time"))))
        return story
    }

    /// 10 % of the traffic has just been moved.
    private static var away: Story {
        var story = Story()
        story.begin()
        story.finishFirstPhase()
        story.start("approve")
        story.tell(.step(StepID("approve"), .approvalGiven(Approval(by: "jiwoo", at: story.time, comment: "go"))))
        story.tell(.step(StepID("approve"), .succeeded))
        story.make(
            "shift/convert",
            from: ["ttl": 60, "weights": [:]],
            to: ["ttl": 60, "weights": ["old": 100, "new": 0]],
            "convert grafana.example.com to a weighted set"
        )
        story.make(
            "shift/w10",
            from: ["weights": ["old": 100, "new": 0]],
            to: ["weights": ["old": 90, "new": 10]],
            "10 % of grafana.example.com to the new side"
        )
        return story
    }

    /// A watch failed, and traffic went home.
    static var backedOut: Story {
        var story = shifting
        let anchor = Attempt(step: StepID("shift/convert"), direction: .home, number: 1)
        story.tell(.run(.backOutStarted(reason: "http: 503 from the new side", by: nil)))
        story.tell(.step(StepID("shift/soak-w10"), .canceled))
        story.tell(.change(anchor, .returnStarted))
        story.tell(.change(anchor, .settled(after: .null, summary: "traffic is at home", captures: [:])))
        story.tell(.run(.backOutEnded(isHome: true)))
        story.end(.backedOut("http: 503 from the new side"))
        return story
    }

    /// Everything is over, with one step left out for want of a program.
    static var succeeded: Story {
        var story = shifting
        story.pass(.seconds(255))
        story.tell(.step(StepID("shift/soak-w10"), .succeeded))
        story.end(.goalReached)
        return story
    }

    /// Undone but for the backup.
    static var rolledBack: Story {
        var story = failed
        story.begin(.rollback([StepID("repositories[mimir]")], includeKept: false))
        let back = Attempt(step: StepID("repositories[mimir]"), direction: .back, number: 1)
        story.tell(.change(back, .returnStarted))
        story.pass(.seconds(2))
        story.tell(.change(back, .settled(after: .null, summary: "repository lgtm/mimir is gone", captures: [:])))
        story.end(.rolledBack)
        return story
    }

    /// Undoing met what somebody else had changed.
    static var rollbackFailed: Story {
        var story = failed
        story.begin(.rollback([StepID("repositories[mimir]")], includeKept: false))
        let back = Attempt(step: StepID("repositories[mimir]"), direction: .back, number: 1)
        story.tell(.change(back, .returnStarted))
        story.tell(.change(back, .returnFailed(Problem("the repository holds 3 images", hint: "delete them first"))))
        story.end(.rollbackFailed(StepID("repositories[mimir]")))
        return story
    }

    private mutating func finishFirstPhase() {
        probe("network", "2 subnets in 2 zones, 250 addresses free")
        make("repositories[mimir]", "create repository lgtm/mimir")
        start("repositories[loki]")
        tell(
            .step(StepID("repositories[loki]"), .foundSatisfied(summary: "repository is there", captures: [:])),
            .step(StepID("backup"), .skipped(reason: "not exercised: no aws", by: "sungho"))
        )
        tell(.run(.phaseEnded(PhaseID("phase-1"))))
    }
}
