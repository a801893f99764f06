import MigrateCore

/// Reads `costs.yaml`, which lies beside a runbook and says what its system uses in a month.
public enum CostReader {
    /// Reads the sheet in `text`.
    ///
    /// - Parameters:
    ///   - text: content of the file.
    ///   - file: name of the file, for messages.
    ///   - variables: values of the runbook's variables, which `${…}` looks up.
    /// - Throws: `Diagnostics` with every mistake, each at its place.
    /// - Returns: the sheet, loops unrolled.
    public static func read(text: String, file: String, variables: [String: Value]) throws(Diagnostics) -> CostSheet {
        var parser = CostParser(document: YAMLDocument(text: text, file: file), variables: variables)
        let sheet = parser.sheet()
        guard let sheet, parser.reader.problems.isEmpty else {
            throw Diagnostics(Diagnostic.inReadingOrder(parser.reader.problems))
        }
        return sheet
    }
}

/// Reads one sheet; goes on after each mistake, so that all are found.
private struct CostParser {
    var reader = FieldReader()
    private let document: YAMLDocument
    private var known: [String: Value]

    init(document: YAMLDocument, variables: [String: Value]) {
        self.document = document
        known = variables
        reader.problems = document.problems
    }

    mutating func sheet() -> CostSheet? {
        guard let root = document.value,
            let fields = reader.fields(of: root, "a sheet of costs", allowed: ["about", "document", "items"])
        else { return nil }
        var figures: [String: Double] = [:]
        let documented = reader.mapping("document", in: fields) ?? []
        for member in documented {
            figures[member.name] = number(member.value, "`\(member.name)`")
        }
        let items = (reader.elements("items", in: fields) ?? []).flatMap { self.items($0) }
        if items.isEmpty { reader.add("a sheet of costs needs `items`", at: root) }
        for member in documented
        where member.name != "total" && !items.contains(where: { $0.name == member.name }) {
            reader.add("there is no item `\(member.name)`", atNameOf: member)
        }
        return CostSheet(
            items: items.map { .init(name: $0.name, uses: $0.uses, document: figures[$0.name]) },
            document: figures["total"],
            about: reader.localized("about", in: fields)
        )
    }

    private mutating func items(_ source: SourceValue) -> [CostSheet.Item] {
        guard let fields = reader.fields(of: source, "an item", allowed: ["name", "for_each", "fargate", "uses"]) else {
            return []
        }
        guard let member = fields.members["for_each"] else { return item(fields).map { [$0] } ?? [] }
        guard let loop = reader.loop(member.value), let filled = fill(loop.list) else { return [] }
        guard case .array(let elements) = filled else {
            reader.add("`for_each` needs a list, not \(FieldReader.words(for: loop.list))", at: loop.list)
            return []
        }
        defer { known[loop.name] = nil }
        return elements.compactMap { element in
            known[loop.name] = element
            return item(fields)
        }
    }

    private mutating func item(_ fields: Fields) -> CostSheet.Item? {
        guard let name = fields.members["name"].flatMap({ fill($0.value) })?.string, !name.isEmpty else {
            reader.add("an item needs a `name`", at: fields.place, hint: "add `name: …`")
            return nil
        }
        var uses: [String: Double] = [:]
        if let member = fields.members["fargate"] {
            uses = fargate(member.value)
        }
        for member in reader.mapping("uses", in: fields) ?? [] {
            uses[member.name] = number(member.value, "`\(member.name)`")
        }
        if fields.members["fargate"] == nil, fields.members["uses"] == nil {
            reader.add(
                "`\(name)` uses nothing",
                at: fields.place,
                hint: "say `fargate: {…}` or `uses: {PRICE: QUANTITY}`"
            )
        }
        return CostSheet.Item(name: name, uses: uses)
    }

    private mutating func fargate(_ source: SourceValue) -> [String: Double] {
        let names = ["tasks", "cpu", "memory"]
        guard let fields = reader.fields(of: source, "`fargate`", allowed: names + ["disk"]) else { return [:] }
        var sizes: [Double] = []
        for name in names {
            guard let member = fields.members[name] else {
                if !fields.holds(name) { reader.add("`fargate` needs `\(name)`", at: source) }
                continue
            }
            if let size = number(member.value, "`\(name)`") { sizes.append(size) }
        }
        let disk = fields.members["disk"].flatMap { number($0.value, "`disk`") }
        guard sizes.count == names.count else { return [:] }
        return CostSheet.Item.fargate(tasks: sizes[0], cpu: sizes[1], memory: sizes[2], disk: disk)
    }

    /// A number from 0 on.
    private mutating func number(_ source: SourceValue, _ noun: String) -> Double? {
        guard let value = fill(source) else { return nil }
        let number = value.number ?? value.string.flatMap { Double($0) }
        guard let number, number.isFinite, number >= 0 else {
            reader.add("\(noun) must be a number from 0 on, not \(FieldReader.words(for: source))", at: source)
            return nil
        }
        return number
    }

    /// `source` with what `${…}` stands for; nil when something is wrong with it, which is then among the problems.
    private mutating func fill(_ source: SourceValue) -> Value? {
        do {
            return try Template.resolve(source.value) { path in try StepScope.value(at: path, in: known) }
        } catch let error as UnknownName {
            reader.add("nothing is known as `\(error.path.joined(separator: "."))`", at: source)
        } catch let error as TemplateSyntaxError {
            reader.problems.append(Diagnostic(error, in: source, or: SourceLocation(file: "", line: 1, column: 1)))
        } catch {
            reader.add("\(error)", at: source)
        }
        return nil
    }
}
