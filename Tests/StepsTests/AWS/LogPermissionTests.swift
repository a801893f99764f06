import MigrateCore
import Steps
import Testing

@Suite struct LogPermissionTests {
    /// IAM compares a log group's name with `:*` behind it, and so refuses what is allowed without.
    ///
    /// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html, read
    /// 2026-11-22.
    @Test func logGroupsAreNamedAsIAMComparesThem() {
        let resources = StepCatalog.declarations.flatMap(\.permissions)
            .filter { $0.actions.contains { $0.hasPrefix("logs:") } && $0.resource.contains(":log-group:") }
            .map(\.resource)
        #expect(resources.count >= 4)
        for resource in resources { #expect(resource.hasSuffix(":*")) }
    }
}
