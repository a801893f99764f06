import MigrateCore

/// What a system costs in a month, beside what its document says.
public struct CostReport: Sendable {
    /// One item with its price.
    public struct Item: Sendable, Hashable {
        /// Name.
        public var name: String
        /// Unit: US dollars a month.
        public var dollars: Double
        /// What the document says.
        ///
        /// Unit: US dollars a month.
        public var document: Double?
        /// Quantity, price and product of each use, sorted by key.
        public var uses: [Use]
    }

    /// One use of a priced thing.
    public struct Use: Sendable, Hashable {
        /// Key of the price.
        public var key: String
        /// How many of its units in a month.
        public var quantity: Double
        /// Price of one.
        public var price: PriceTable.Price
    }

    /// A key in a sheet that no price stands for.
    public struct UnknownPrice: Error, Hashable {
        /// Key.
        public var key: String
        /// Item that names it.
        public var item: String
    }

    /// Items in the sheet's order.
    public let items: [Item]
    /// Sum.
    ///
    /// Unit: US dollars a month.
    public var total: Double { items.reduce(0) { $0 + $1.dollars } }
    private let sheet: CostSheet
    private let table: PriceTable

    /// Reckons `sheet` by `table`.
    ///
    /// Throws: `UnknownPrice`.
    public init(of sheet: CostSheet, by table: PriceTable) throws(UnknownPrice) {
        self.sheet = sheet
        self.table = table
        var items: [Item] = []
        for item in sheet.items {
            var uses: [Use] = []
            for (key, quantity) in item.uses.sorted(by: { $0.key < $1.key }) {
                guard let price = table.prices[key] else { throw UnknownPrice(key: key, item: item.name) }
                uses.append(Use(key: key, quantity: quantity, price: price))
            }
            let dollars = uses.reduce(0) { $0 + $1.quantity * $1.price.dollars }
            items.append(Item(name: item.name, dollars: dollars, document: item.document, uses: uses))
        }
        self.items = items
    }

    /// Text for a terminal.
    public func text(style: Style = .unbounded) -> String {
        var page = Page(style)
        let width = items.map { TextWidth.cells(of: $0.name) }.max() ?? 0
        page.wrap("US dollars a month, list prices of \(PriceTable.region) read on \(PriceTable.day)", .strong)
        if !table.given.isEmpty { page.wrap("given: \(table.given.sorted().joined(separator: ", "))", .caution) }
        page.blank()
        var head = Line()
        head.add("", to: width)
        for title in ["reckoned", "document", "difference"] { head.addRight(title, to: Self.column, .faint) }
        page.add(head)
        for item in items { page.add(row(item.name, item.dollars, item.document, width)) }
        page.add(row("total", total, sheet.document, width))
        if let about = sheet.about {
            page.blank()
            page.wrap(about.text(in: style.language))
        }
        return page.text
    }

    private static let column = 12

    private func row(_ name: String, _ dollars: Double, _ document: Double?, _ width: Int) -> Line {
        var line = Line()
        line.add(name, to: width)
        line.addRight(Self.money(dollars), to: Self.column)
        line.addRight(document.map { Self.money($0) } ?? "", to: Self.column)
        line.addRight(document.map { Self.money(dollars - $0, signed: true) } ?? "", to: Self.column)
        return line
    }

    /// `216.20`; with a sign, `-53.80`.
    static func money(_ dollars: Double, signed: Bool = false) -> String {
        let cents = Int((dollars.magnitude * 100).rounded())
        let sign = cents > 0 && dollars < 0 ? "-" : signed && cents > 0 ? "+" : ""
        return "\(sign)\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    /// The figures as JSON, not rounded.
    public var json: Value {
        [
            "currency": "USD", "region": .string(PriceTable.region), "read": .string(PriceTable.day),
            "items": .array(items.map(Self.json)), "total": .number(total),
            "document": sheet.document.map { .number($0) } ?? .null,
        ]
    }

    private static func json(_ item: Item) -> Value {
        [
            "name": .string(item.name), "dollars": .number(item.dollars),
            "document": item.document.map { .number($0) } ?? .null,
            "uses": .array(
                item.uses.map {
                    [
                        "price": .string($0.key), "unit": .string($0.price.unit), "quantity": .number($0.quantity),
                        "dollars": .number($0.price.dollars),
                    ]
                }
            ),
        ]
    }
}
