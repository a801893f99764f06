import MigrateCore
import Testing

@testable import Steps

@Suite struct ECSTaskDefinitionTests {
    static let image = "1.dkr.ecr.eu-west-1.amazonaws.com/lgtm/mimir@sha256:aa"
    static let file = """
        {"family": "${family}", "cpu": "${cpu}", "memory": 4096, "containerDefinitions": [{
          "name": "mimir", "image": "${image}", "essential": true,
          "portMappings": [{"containerPort": "${port}", "protocol": "tcp"}],
          "environment": [{"name": "PORT", "value": "${port}"}, {"name": "A", "value": "$${literal}"}]}]}
        """
    static let parameters: Value = [
        "family": "mimir", "file": "mimir.json",
        "values": ["family": "mimir", "cpu": 2048, "image": .string(image), "port": 8080],
    ]
    static let canonical: Value = [
        "family": "mimir", "cpu": "2048", "memory": "4096",
        "containerDefinitions": [
            [
                "name": "mimir", "image": .string(image), "portMappings": [["containerPort": 8080]],
                "environment": [["name": "A", "value": "${literal}"], ["name": "PORT", "value": "8080"]],
            ]
        ],
    ]

    static func arn(_ revision: Int) -> String { "arn:aws:ecs:eu-west-1:1:task-definition/mimir:\(revision)" }

    static func listed(_ revisions: Int...) -> ScriptedAWS.Call {
        let foreign = "arn:aws:ecs:eu-west-1:1:task-definition/mimir-old:99"
        return .json(
            "ListTaskDefinitions",
            ["familyPrefix": "mimir", "status": "ACTIVE", "sort": "DESC"],
            returns: ["taskDefinitionArns": .array([.string(foreign)] + revisions.map { .string(arn($0)) })]
        )
    }

    /// Revision as ECS describes it: with what it adds.
    static func described(_ revision: Int, image: String = image) -> ScriptedAWS.Call {
        .json(
            "DescribeTaskDefinition",
            ["taskDefinition": .string(arn(revision))],
            returns: ["taskDefinition": document(revision, image: image)]
        )
    }

    static func document(_ revision: Int, image: String = image) -> Value {
        [
            "taskDefinitionArn": .string(arn(revision)), "family": "mimir", "revision": .integer(Int64(revision)),
            "status": "ACTIVE", "cpu": "2048", "memory": "4096", "volumes": [], "placementConstraints": [],
            "compatibilities": ["EC2", "FARGATE"], "requiresAttributes": [["name": "x"]], "registeredAt": 1.5,
            "containerDefinitions": [
                [
                    "name": "mimir", "image": .string(image), "cpu": 0, "essential": true, "mountPoints": [],
                    "volumesFrom": [], "systemControls": [],
                    "portMappings": [["containerPort": 8080, "hostPort": 8080, "protocol": "tcp"]],
                    "environment": [["name": "PORT", "value": "8080"], ["name": "A", "value": "${literal}"]],
                ]
            ],
        ]
    }

    @Test func aRevisionIsRegisteredAndDeregistered() async throws {
        let aws = ScriptedAWS([
            Self.listed(4), Self.described(4, image: "old@sha256:00"),
            .json("RegisterTaskDefinition", Self.canonical, returns: ["taskDefinition": Self.document(5)]),
            Self.listed(4, 5), Self.described(5), Self.listed(4, 5), Self.described(5),
            .json(
                "DeregisterTaskDefinition",
                ["taskDefinition": .string(Self.arn(5))],
                returns: ["taskDefinition": Self.document(5)]
            ),
            Self.listed(4), Self.described(4, image: "old@sha256:00"),
        ])
        let trial = Trial<ECSTaskDefinitionAction>(Self.parameters, aws, files: ["mimir.json": Self.file])
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(after["arn"] == .string(Self.arn(5)))
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func theSameDefinitionIsNotRegisteredAgain() async throws {
        let aws = ScriptedAWS([Self.listed(5), Self.described(5)])
        let trial = Trial<ECSTaskDefinitionAction>(Self.parameters, aws, files: ["mimir.json": Self.file])
        #expect(try await trial.prepare() == nil)
    }

    @Test(arguments: [
        (
            #"{"family": "other", "containerDefinitions": [{"name": "a", "image": "x@sha256:1"}]}"#,
            "is of family `other`"
        ),
        (#"{"containerDefinitions": [{"name": "a", "image": "x:1"}]}"#, "names images by tag: `x:1`"),
        (#"{"containerDefinitions": [{"name": "a", "image": "${nobody}"}]}"#, "uses `${nobody}`"),
        (#"{"containerDefinitions": ["#, "is not JSON"),
        (#"{}"#, "has no `containerDefinitions`"),
    ])
    func aFileThatDoesNotFitIsRefusedBeforeAnythingIsAsked(_ text: String, _ words: String) async throws {
        let trial = Trial<ECSTaskDefinitionAction>(Self.parameters, ScriptedAWS([]), files: ["mimir.json": text])
        let refusal = await #expect(throws: Refusal.self) { try await trial.prepare() }
        #expect(refusal?.problem.message.contains(words) == true, "\(refusal?.problem.message ?? "")")
    }
}
