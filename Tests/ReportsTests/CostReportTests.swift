import MigrateCore
import Testing

@testable import Reports

@Suite("What a system costs")
struct CostReportTests {
    private static let sheet = CostSheet(
        items: [
            .init(name: "mimir", uses: CostSheet.Item.fargate(tasks: 3, cpu: 2048, memory: 4096), document: 270),
            .init(name: "로드 밸런서", uses: ["alb.hour": 730]),
        ],
        document: 560,
        about: LocalizedText("The document rounds up.")
    )

    /// 3 tasks × 2 vCPU × 730 h × 0.04048 + 3 × 4 GB × 730 h × 0.004445 = 177.30 + 38.94, and 730 × 0.0225 = 16.43.
    @Test func figuresStandBesideTheDocumentsWithTheDifference() throws {
        let report = try CostReport(of: Self.sheet, by: .list)
        #expect(
            report.text() == """
                US dollars a month, list prices of us-east-1 read on 2026-11-21

                               reckoned    document  difference
                mimir            216.24      270.00      -53.76
                로드 밸런서       16.43
                total            232.67      560.00     -327.33

                The document rounds up.
                """
        )
    }

    @Test func aPriceThatIsGivenCountsAndIsSaid() throws {
        #expect(PriceTable.list.setting("alb.hours", to: 1) == nil)
        let table = try #require(PriceTable.list.setting("alb.hour", to: 1))
        let report = try CostReport(of: Self.sheet, by: table)
        #expect(report.items[1].dollars == 730)
        #expect(report.text().split(separator: "\n")[1] == "given: alb.hour")
    }

    @Test func whatHasNoPriceIsNamed() {
        let sheet = CostSheet(items: [.init(name: "x", uses: ["alb.hours": 1])])
        #expect(throws: CostReport.UnknownPrice(key: "alb.hours", item: "x")) {
            try CostReport(of: sheet, by: .list)
        }
    }

    @Test(arguments: [
        (0.0, "0.00"), (0.004, "0.00"), (-0.004, "0.00"), (1.005, "1.00"), (-53.755, "-53.76"), (12.5, "+12.50"),
    ])
    func moneyIsInCents(dollars: Double, text: String) {
        #expect(CostReport.money(dollars, signed: text.first == "+" || dollars < 0) == text)
    }
}
