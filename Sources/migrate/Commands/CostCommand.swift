import ArgumentParser
import MigrateCore
import Reports
import RunbookYAML

struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost",
        abstract: "Reckon what the runbook's system costs in a month, beside what its document says.",
        discussion: """
            Reads `costs.yaml` beside the runbook: what is used in a month, with the runbook's variables. Prices are AWS's \
            list prices of one region and day, without tax, discounts and free allowances; --price gives another.
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Give a price, as in `fargate.vcpu_hour=0.04656`.", valueName: "key=dollars"))
    var price: [String] = []

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let target = try composition.target()
            let file = target.folder.costs
            let text = try composition.text(of: file)
            let sheet = try CostReader.read(text: text, file: file, variables: try composition.knownVariables(target))
            let report: CostReport
            do { report = try CostReport(of: sheet, by: try prices()) } catch let error as CostReport.UnknownPrice {
                throw CommandFault.unknownPrice(error.key, of: error.item, known: PriceTable.list.prices.keys.sorted())
            }
            Talk.print(options.json ? report.json.indentedText : report.text(style: composition.style))
            return .success
        }
    }

    private func prices() throws -> PriceTable {
        var table = PriceTable.list
        for setting in price {
            let given = try EnvironmentReader.read(setting: setting, option: "--price")
            guard let dollars = given.value.value.number, dollars.isFinite, dollars >= 0 else {
                throw CommandFault.unreadablePrice(setting)
            }
            guard let set = table.setting(given.name, to: dollars) else {
                throw CommandFault.unknownPrice(given.name, of: nil, known: table.prices.keys.sorted())
            }
            table = set
        }
        return table
    }
}
