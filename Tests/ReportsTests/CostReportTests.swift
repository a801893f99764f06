import MigrateCore
import Testing

@testable import Reports

@Suite("What a system costs")
struct CostReportTests {
    private static let mimir = CostSheet.Item.fargate(tasks: 3, cpu: 2048, memory: 4096, disk: nil)
    private static let sheet = CostSheet(
        items: [
            .init(name: "mimir", uses: mimir, document: 270),
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

    /// 3 tasks × (100 - 20) GB × 730 h × 0.000111 = 19.45 dollars.
    @Test(arguments: [(100.0, 19.4472), (20.5, 0.121545), (20, 0), (5, 0)])
    func diskAboveWhatEveryTaskHasIsPaidFor(gigabytes: Double, dollars: Double) throws {
        let uses = CostSheet.Item.fargate(tasks: 3, cpu: 2048, memory: 4096, disk: gigabytes)
        #expect((uses["fargate.disk_gb_hour"] == nil) == (dollars == 0))
        let sheets = [uses, Self.mimir].map { CostSheet(items: [.init(name: "mimir", uses: $0)]) }
        let totals = try sheets.map { try CostReport(of: $0, by: .list).total }
        #expect(abs(totals[0] - totals[1] - dollars) < 1e-9)
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
