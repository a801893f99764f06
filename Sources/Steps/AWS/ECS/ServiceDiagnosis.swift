import MigrateCore

/// Why the tasks of a service do not stay up, told from what ECS says of its stopped tasks and in its events.
///
/// Source: https://docs.aws.amazon.com/AmazonECS/latest/userguide/stopped-task-error-codes.html and
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html, read 2026-11-21.
struct ServiceDiagnosis: Sendable {
    /// Name of the service.
    var service: String
    /// Tasks that stopped, newest first.
    var stopped: [StoppedTask]
    /// Messages of the service, newest first.
    var events: [String]
    /// Health check of its target group, such as `port 8080, path /ready`; nil when it has none.
    var healthCheck: String?

    /// First cause found, the most telling one first; nil when nothing is wrong as far as ECS says.
    var cause: Problem? {
        stopped.lazy.compactMap(cause(of:)).first ?? events.lazy.compactMap(eventCause).first
    }

    /// Why `task` stopped; nil when it was stopped on purpose.
    func cause(of task: StoppedTask) -> Problem? {
        guard !task.reason.hasPrefix("Scaling activity initiated") else { return nil }
        return imageCause(task) ?? startCause(task) ?? memoryCause(task) ?? healthCause(task) ?? exitCause(task)
    }

    private func imageCause(_ task: StoppedTask) -> Problem? {
        let words = [task.reason] + task.containers.map(\.reason)
        guard let said = words.first(where: { $0.contains("CannotPull") || $0.contains("pull image") }) else {
            return nil
        }
        let image = task.containers.first { $0.reason == said }?.image ?? task.containers.first?.image ?? ""
        let what = image.isEmpty ? "image of `\(service)`" : "image `\(image)`"
        return Problem("\(what) cannot be pulled: \(said) (task \(task.id))", hint: pullHint(said.lowercased()))
    }

    private func pullHint(_ said: String) -> String {
        if ["timeout", "dial tcp", "request canceled", "no route"].contains(where: said.contains) {
            return "the task's subnets must reach ECR and S3: a NAT gateway, or VPC endpoints `ecr.api`, `ecr.dkr` and"
                + " `s3`, and a security group that lets 443 out"
        }
        if ["not found", "manifest unknown", "does not exist"].contains(where: said.contains) {
            return "push the tag, or name one that is in the repository: a probe `ecr.image` shows it"
        }
        return "the execution role needs `ecr:GetAuthorizationToken`, `ecr:BatchCheckLayerAvailability`,"
            + " `ecr:GetDownloadUrlForLayer` and `ecr:BatchGetImage`; the tag must exist"
    }

    private func startCause(_ task: StoppedTask) -> Problem? {
        guard task.reason.contains("ResourceInitializationError") else { return nil }
        let said = task.reason.lowercased()
        let hint =
            if said.contains("log") {
                "the log group must exist, and the execution role needs `logs:CreateLogStream` and `logs:PutLogEvents`"
            } else if said.contains("secret") || said.contains("ssm") {
                "the execution role needs `secretsmanager:GetSecretValue` or `ssm:GetParameters` on what the task"
                    + " definition names, and the subnets must reach that service"
            } else {
                "look at the execution role and at what the task's subnets reach"
            }
        return Problem("a task of `\(service)` could not start: \(task.reason) (task \(task.id))", hint: hint)
    }

    private func memoryCause(_ task: StoppedTask) -> Problem? {
        let killed = task.containers.first { container in
            container.reason.contains("OutOfMemory")
                || (container.exitCode == 137 && !task.reason.contains("health checks")
                    && task.code != "UserInitiated")
        }
        guard let killed else { return nil }
        return Problem(
            "container `\(killed.name)` of `\(service)` ran out of memory (exit code 137, task \(task.id))",
            hint: "raise `memory` in the task definition, or lower what the process takes"
        )
    }

    private func healthCause(_ task: StoppedTask) -> Problem? {
        if task.reason.contains("failed ELB health checks") {
            return balancerCause(task)
        }
        guard task.hasFailedOwnHealthCheck else { return nil }
        return Problem(
            "tasks of `\(service)` fail the container's own health check: \(task.reason) (task \(task.id))",
            hint: "run that check inside the image: the process must answer there within its `startPeriod`"
        )
    }

    /// What the load balancer saw, which the service's events tell and its tasks do not.
    ///
    /// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html, the
    /// table of reason codes, read 2026-11-21.
    private func balancerCause(_ task: StoppedTask) -> Problem {
        let check = healthCheck.map { " (\($0))" } ?? ""
        let event = events.first { $0.contains("is unhealthy in") }
        let seen = event?.split(separator: "(reason ").last?.prefix { $0 != ")" }
        let words = seen.map { ": \($0)" } ?? ""
        let hint =
            if words.contains("timed out") {
                "nothing came through: the task's security group must let the load balancer's in on that port, and the"
                    + " process must listen on it on every address, not on 127.0.0.1 alone"
            } else if words.contains("with these codes") {
                "the container answers with another status: check the path and what it answers there; a slow start"
                    + " needs `health_check_grace`"
            } else {
                "the container must answer there, and its security group must let the load balancer in; a slow start"
                    + " needs `health_check_grace`"
            }
        return Problem(
            "tasks of `\(service)` fail the load balancer's health check\(check)\(words): \(task.reason)",
            hint: hint
        )
    }

    private func exitCause(_ task: StoppedTask) -> Problem? {
        guard let failed = task.containers.first(where: { ($0.exitCode ?? 0) != 0 }), let code = failed.exitCode else {
            return nil
        }
        let said = failed.reason.isEmpty ? "" : ": \(failed.reason)"
        return Problem(
            "container `\(failed.name)` of `\(service)` exited with code \(code)\(said) (task \(task.id))",
            hint: "its log says why; a probe `logs.search` shows it"
        )
    }

    private func eventCause(_ message: String) -> Problem? {
        PlacementFailure(message).map { Problem("no task of `\(service)` can be placed: \(message)", hint: $0.hint) }
    }
}
