import MigrateCore

/// Every kind of step that a runbook may name; a name may stand for a probe and for an action.
public enum StepCatalog {
    /// Kinds that reach no AWS service, or Route 53; one a line.
    static let general: [any StepKind.Type] = [
        HTTPProbe.self,
        TCPProbe.self,
        TLSProbe.self,
        DNSRecordProbe.self,
        DNSAuthoritativeProbe.self,
        DNSPropagationProbe.self,
        ExecProbe.self,
        GrafanaHealthProbe.self,
        GrafanaDataSourcesProbe.self,
        GrafanaDashboardsProbe.self,
        GrafanaPanelsProbe.self,
        GrafanaAnnotateAction.self,
        GrafanaBackupAction.self,
        PrometheusQueryProbe.self,
        PrometheusTargetsProbe.self,
        PrometheusRulesProbe.self,
        QueryParityProbe.self,
        AlertmanagerStatusProbe.self,
        AlertmanagerSilenceAction.self,
        RingMembersProbe.self,
        MimirRoundTripProbe.self,
        LokiRoundTripProbe.self,
        TempoRoundTripProbe.self,
        PyroscopeRoundTripProbe.self,
        MimirFlushAction.self,
        LokiFlushAction.self,
        TempoFlushAction.self,
        SlackNotifyAction.self,
        WebhookPostAction.self,
        Route53RecordProbe.self,
        Route53PreflightProbe.self,
        Route53ProofProbe.self,
        Route53RecordAction.self,
        Route53TTLAction.self,
        Route53WeightsAction.self,
        Route53FinishAction.self,
        Route53ShiftKind.self,
        TrafficShareProbe.self,
        TrafficLeftProbe.self,
        WaitKind.self,
        ExecAction.self,
        TerraformApplyKind.self,
        TerraformVariablesProbe.self,
        TerraformPlanProbe.self,
        TerraformSavedPlanAction.self,
        TerraformNoDriftProbe.self,
        ImageBuildAction.self,
        ImagePushAction.self,
    ]

    /// All kinds.
    static let all: [any StepKind.Type] = general + aws

    /// What each kind says of itself.
    public static let declarations: [KindDeclaration] = all.map { $0.declaration }

    /// Kind `name` in the role of `role`.
    static func kind(_ name: String, as role: KindDeclaration.Role) -> (any StepKind.Type)? {
        switch role {
        case .probe: probes[name]
        case .action: actions[name]
        }
    }

    private static let probes = kinds(of: .probe)
    private static let actions = kinds(of: .action)

    private static func kinds(of role: KindDeclaration.Role) -> [String: any StepKind.Type] {
        let pairs = all.filter { $0.declaration.role == role }.map { ($0.declaration.name, $0) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
