import MigrateCore
import Testing

@testable import Steps

@Suite struct IAMTests {
    static let trust: Value = [
        "Version": "2012-10-17",
        "Statement": [
            ["Effect": "Allow", "Principal": ["Service": "ecs-tasks.amazonaws.com"], "Action": "sts:AssumeRole"]
        ],
    ]
    static let noRole = ScriptedAWS.Call.query("GetRole", ["RoleName": "lgtm-task"], fails: "NoSuchEntity")

    /// `document` as IAM returns it.
    static func encoded(_ document: Value) -> String {
        document.bytes.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func role(_ document: Value) -> ScriptedAWS.Call {
        .query(
            "GetRole",
            ["RoleName": "lgtm-task"],
            returns: """
                <Role><Path>/</Path><RoleName>lgtm-task</RoleName><RoleId>AROA1</RoleId>\
                <Arn>arn:aws:iam::1:role/lgtm-task</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
                <AssumeRolePolicyDocument>\(encoded(document))</AssumeRolePolicyDocument></Role>
                """
        )
    }

    @Test func aRoleIsMadeAndDeleted() async throws {
        let made = ScriptedAWS.Call.query(
            "CreateRole",
            [
                "RoleName": "lgtm-task", "AssumeRolePolicyDocument": .string(Self.trust.text), "Path": "/",
                "MaxSessionDuration": "3600",
            ],
            returns: """
                <Role><Path>/</Path><RoleName>lgtm-task</RoleName><RoleId>AROA1</RoleId>\
                <Arn>arn:aws:iam::1:role/lgtm-task</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>
                """
        )
        let aws = ScriptedAWS([
            Self.noRole, made, Self.role(Self.trust), Self.role(Self.trust),
            .query("DeleteRole", ["RoleName": "lgtm-task"]), Self.noRole,
        ])
        let trial = Trial<IAMBareRoleAction>(["name": "lgtm-task", "trust": Self.trust], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(after["arn"] == "arn:aws:iam::1:role/lgtm-task")
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aTrustPolicyIsReplacedAndPutBackByteForByte() async throws {
        let old: Value = [
            "Statement": ["Effect": "Allow", "Principal": ["AWS": "111122223333"], "Action": ["sts:AssumeRole"]]
        ]
        func update(_ document: Value) -> ScriptedAWS.Call {
            .query("UpdateAssumeRolePolicy", ["RoleName": "lgtm-task", "PolicyDocument": .string(document.text)])
        }
        let aws = ScriptedAWS([
            Self.role(old), update(Self.trust), Self.role(Self.trust), Self.role(Self.trust), update(old),
            Self.role(old),
        ])
        let trial = Trial<IAMBareRoleAction>(["name": "lgtm-task", "trust": Self.trust], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func policiesAreComparedByMeaning() throws {
        let one: Value = [
            "Statement": [
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["b", "a"],
                "Principal": ["AWS": "111122223333"],
            ]
        ]
        let same: Value = [
            "Statement": [
                [
                    "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["a", "b"],
                    "Principal": ["AWS": ["arn:aws:iam::111122223333:root"]],
                ]
            ]
        ]
        let other: Value = [
            "Statement": [
                ["Effect": "Deny", "Action": ["s3:GetObject"], "Resource": ["a", "b"], "Principal": ["AWS": "*"]]
            ]
        ]
        #expect(PolicyDocument.canonical(one) == PolicyDocument.canonical(same))
        #expect(PolicyDocument.canonical(one) != PolicyDocument.canonical(other))
        let encoded = try PolicyDocument(found: "%7B%22Statement%22%3A%5B%5D%7D", named: "x")
        #expect(encoded.value == ["Statement": []])
    }

    @Test func anInlinePolicyIsPutAndTheOneBeforeRestored() async throws {
        let old: Value = ["Statement": [["Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"]]]
        let new: Value = ["Statement": [["Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"]]]
        func found(_ document: Value) -> ScriptedAWS.Call {
            .query(
                "GetRolePolicy",
                ["RoleName": "r", "PolicyName": "p"],
                returns: "<RoleName>r</RoleName><PolicyName>p</PolicyName><PolicyDocument>"
                    + Self.encoded(document) + "</PolicyDocument>"
            )
        }
        func put(_ document: Value) -> ScriptedAWS.Call {
            .query(
                "PutRolePolicy",
                ["RoleName": "r", "PolicyName": "p", "PolicyDocument": .string(document.text)]
            )
        }
        let aws = ScriptedAWS([found(old), put(new), found(new), found(new), put(old), found(old)])
        let trial = Trial<IAMRolePolicyAction>(["role": "r", "name": "p", "policy": new], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aPolicyIsAttachedAndDetached() async throws {
        let arn = "arn:aws:iam::aws:policy/P"
        func list(_ members: String) -> ScriptedAWS.Call {
            .query(
                "ListAttachedRolePolicies",
                ["RoleName": "r"],
                returns: "<AttachedPolicies>\(members)</AttachedPolicies><IsTruncated>false</IsTruncated>"
            )
        }
        let attached = list("<member><PolicyName>P</PolicyName><PolicyArn>\(arn)</PolicyArn></member>")
        let both: Value = ["RoleName": "r", "PolicyArn": .string(arn)]
        let aws = ScriptedAWS([
            list(""), .query("AttachRolePolicy", both), attached, attached, .query("DetachRolePolicy", both), list(""),
        ])
        let trial = Trial<IAMRolePolicyAttachmentAction>(["role": "r", "policy_arn": .string(arn)], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    static let provider = "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"
    static let url: Value = "https://token.actions.githubusercontent.com"

    static func providers(_ arns: String...) -> ScriptedAWS.Call {
        let members = arns.map { "<member><Arn>\($0)</Arn></member>" }.joined()
        return .query(
            "ListOpenIDConnectProviders",
            [:],
            returns: "<OpenIDConnectProviderList>\(members)</OpenIDConnectProviderList>"
        )
    }

    static func audiences(_ names: String...) -> ScriptedAWS.Call {
        let members = names.map { "<member>\($0)</member>" }.joined()
        return .query(
            "GetOpenIDConnectProvider",
            ["OpenIDConnectProviderArn": .string(provider)],
            returns: "<Url>token.actions.githubusercontent.com</Url><ClientIDList>\(members)</ClientIDList>"
        )
    }

    @Test func anOIDCProviderIsMadeAndDeleted() async throws {
        let aws = ScriptedAWS([
            Self.providers("arn:aws:iam::1:oidc-provider/other"),
            .query(
                "CreateOpenIDConnectProvider",
                ["Url": Self.url, "ClientIDList.member.1": "sts.amazonaws.com"],
                returns: "<OpenIDConnectProviderArn>\(Self.provider)</OpenIDConnectProviderArn>"
            ),
            Self.providers(Self.provider), Self.audiences("sts.amazonaws.com"),
            Self.providers(Self.provider), Self.audiences("sts.amazonaws.com"),
            .query("DeleteOpenIDConnectProvider", ["OpenIDConnectProviderArn": .string(Self.provider)]),
            Self.providers(),
        ])
        let trial = Trial<OIDCProviderAction>(["url": Self.url], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(after["arn"] == .string(Self.provider))
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func audiencesThatAreThereStayAndTwoMissingAreRefused() async throws {
        let found = [Self.providers(Self.provider), Self.audiences("a", "sts.amazonaws.com")]
        let satisfied = Trial<OIDCProviderAction>(["url": Self.url], ScriptedAWS(found))
        #expect(try await satisfied.prepare() == nil)
        let two = Trial<OIDCProviderAction>(["url": Self.url, "client_ids": ["b", "c"]], ScriptedAWS(found))
        await #expect(throws: Refusal.self) { try await two.prepare() }
        let one = Trial<OIDCProviderAction>(["url": Self.url, "client_ids": ["b"]], ScriptedAWS(found))
        #expect(try await one.prepare()?.to["client_ids"] == ["a", "b", "sts.amazonaws.com"])
    }

    @Test func theRoleProbeNamesAllThatIsMissing() async throws {
        let parameters: Value = [
            "name": "lgtm-task", "trusts": ["ec2.amazonaws.com"], "attached": ["arn:aws:iam::aws:policy/P"],
        ]
        let found = try await asking(
            IAMRoleProbe.self,
            parameters,
            [
                Self.role(Self.trust),
                .query(
                    "ListAttachedRolePolicies",
                    ["RoleName": "lgtm-task"],
                    returns: "<AttachedPolicies></AttachedPolicies><IsTruncated>false</IsTruncated>"
                ),
            ]
        )
        #expect(
            found.verdict
                == .fail(
                    "role `lgtm-task`: it does not trust ec2.amazonaws.com; not attached: arn:aws:iam::aws:policy/P"
                )
        )
    }

    static func simulated(_ decision: String) -> ScriptedAWS.Call {
        .query(
            "SimulatePrincipalPolicy",
            [
                "PolicySourceArn": "arn:aws:iam::1:role/r", "ActionNames.member.1": "s3:PutObject",
                "ResourceArns.member.1": "*",
            ],
            returns: """
                <EvaluationResults><member><EvalActionName>s3:PutObject</EvalActionName>\
                <EvalResourceName>*</EvalResourceName><EvalDecision>\(decision)</EvalDecision></member>\
                </EvaluationResults><IsTruncated>false</IsTruncated>
                """
        )
    }

    @Test func onlyAllowedIsAllowed() async throws {
        let parameters: Value = ["role": "arn:aws:iam::1:role/r", "actions": ["s3:PutObject"]]
        #expect(try await asking(IAMAllowsProbe.self, parameters, [Self.simulated("allowed")]).verdict.isPass)
        let denied = try await asking(IAMAllowsProbe.self, parameters, [Self.simulated("implicitDeny")])
        #expect(denied.verdict.word == "fail")
        #expect(denied.facts["denied"] == ["s3:PutObject on * (implicitDeny)"])
    }

    @Test func aSimulatorThatCannotBeAskedIsInconclusive() async throws {
        let parameters: Value = ["role": "arn:aws:iam::1:role/r", "actions": ["s3:PutObject"]]
        let denied = ScriptedAWS.Call.query("SimulatePrincipalPolicy", fails: "AccessDenied")
        #expect(try await asking(IAMAllowsProbe.self, parameters, [denied]).verdict.word == "inconclusive")
        var page = ScriptedAWS.Call(operation: "SimulatePrincipalPolicy", sends: nil)
        page.status = 501
        page.answer = Array("<html>not implemented</html>".utf8)
        #expect(try await asking(IAMAllowsProbe.self, parameters, [page]).verdict.word == "inconclusive")
    }
}
