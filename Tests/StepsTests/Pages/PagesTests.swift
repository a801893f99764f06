import Foundation
import MigrateCore
import Reports
import RunbookYAML
import Steps
import Testing

/// What is generated from the declarations is what is in the repository; `RECORD_PAGES=1` writes it, and fails.
@Suite struct PagesTests {
    static let declarations = StepCatalog.declarations
    static let names = Set(declarations.map(\.name)).sorted()
    /// Role and name of each kind: what a report of a failure can name.
    static let labels = declarations.map { "\($0.role) \($0.name)" }

    static func kind(_ label: String) throws -> KindDeclaration {
        try #require(declarations.first { "\($0.role) \($0.name)" == label })
    }

    @Test func everyPageIsCurrent() throws {
        for name in Self.names {
            try Repository.expect(
                "docs/steps/\(KindPage.file(of: name))",
                KindPage.page(of: name, among: Self.declarations)
            )
        }
        try Repository.expect("docs/steps/README.md", KindPage.index(of: Self.declarations))
    }

    @Test func noPageIsOfAKindThatIsGone() throws {
        let wanted = Set(Self.names.map { KindPage.file(of: $0) } + ["README.md"])
        #expect(Set(try Repository.files(in: "docs/steps")) == wanted)
    }

    @Test func theSchemaIsCurrent() throws {
        let schema = RunbookSchema(Self.declarations).value.indentedText
        try Repository.expect("schema/runbook.schema.json", schema + "\n")
    }

    @Test(arguments: labels) func everyParameterIsShownWithAValue(label: String) throws {
        let kind = try Self.kind(label)
        for parameter in kind.parameters {
            #expect(KindPage.hasExample(parameter, of: kind), "\(kind.role) \(kind.name) \(parameter.name)")
        }
    }

    @Test(arguments: labels) func everyActionTellsHowItIsUndone(label: String) throws {
        let kind = try Self.kind(label)
        guard kind.role == .action, kind.effect != .readOnly else { return }
        let words = [kind.undo, kind.reconciliation].compactMap { $0 }
        #expect(kind.undo != nil || kind.rollback == .none, "\(kind.name)")
        for text in words { #expect(!text.hasSuffix(".") && !text.isEmpty, "\(kind.name)") }
    }

    @Test(arguments: labels) func everyNumberHasItsUnit(label: String) throws {
        let kind = try Self.kind(label)
        // What is named after a thing of the network has none.
        let bare = ["port", "listeners", "revision", "attempts"]
        for parameter in kind.parameters where [.integer, .number].contains(parameter.type) {
            #expect(parameter.unit != nil || bare.contains(parameter.name), "\(kind.name) \(parameter.name)")
        }
    }

    /// Examples name steps, variables and secrets of a runbook that is not there: each gets one.
    @Test(arguments: labels) func everyExampleIsAStepOfASoundRunbook(label: String) throws {
        let kind = try Self.kind(label)
        let runbook = ExampleRunbook(kind)
        do {
            _ = try RunbookReader.plan(
                text: runbook.text,
                file: "example.yaml",
                environmentName: "test",
                values: [:],
                catalog: KindTable(Self.declarations),
                expressions: JqExpressionChecker()
            )
        } catch {
            let messages = error.all.map { "\($0.location?.line ?? 0): \($0.message)" }
            Issue.record("\(kind.name): \(messages.joined(separator: "; "))\n\(runbook.text)")
        }
    }
}
