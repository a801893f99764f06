import AWSClient
import MigrateCore

/// Why a deployment of CodeDeploy did not succeed.
enum CodeDeployDiagnosis {
    /// What `info` says of deployment `id`.
    static func problem(_ id: String, _ info: CodeDeploy.DeploymentInfo) -> Problem {
        let code = info.errorInformation?.code
        var words = "deployment \(id) \(info.status?.lowercased() ?? "ended")"
        if let code { words += " (\(code))" }
        if let message = info.errorInformation?.message { words += ": \(message)" }
        if let back = info.rollbackInfo?.rollbackDeploymentId { words += "; deployment \(back) goes back" }
        return Problem(words, hint: code.flatMap { hints[$0] })
    }

    /// Source: https://docs.aws.amazon.com/codedeploy/latest/userguide/error-codes.html, read 2026-11-21.
    private static let hints = [
        "ALARM_ACTIVE": "an alarm of the group stopped it: look at the group's alarms",
        "HEALTH_CONSTRAINTS": "the new tasks do not stay healthy: a probe `ecs.service` on the green side tells why",
        "IAM_ROLE_MISSING": "the group's service role is gone",
        "IAM_ROLE_PERMISSIONS":
            "the group's service role lacks permissions, such as those of `AWSCodeDeployRoleForECS`",
        "TIMEOUT": "nobody confirmed the traffic switch in time, or a hook did not answer",
        "HOOK_EXECUTION_FAILURE": "a hook's function failed: its log says why",
    ]
}
