import MigrateCore

/// The roles that tasks run with.
enum ECSTaskRoles {
    /// That whoever runs tasks may hand them their roles.
    ///
    /// On every role, since a task definition's file names them; for tasks alone.
    /// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html, read
    /// 2026-11-22.
    static let permission = Permission(["iam:PassRole"], on: "*", mutates: true, passedTo: "ecs-tasks.amazonaws.com")
}
