import MigrateCore

/// A panel of a dashboard that asks data sources.
struct GrafanaPanel: Sendable, Equatable {
    /// Title; of a panel without one, its number.
    let title: String
    /// Its queries, ready to be sent: data source named, variables filled in.
    let queries: [Value]

    /// Panels of `dashboard` that ask data sources, those in rows that are folded too.
    ///
    /// - Parameters:
    ///   - dashboard: its JSON model.
    ///   - sources: Grafana's data sources, as it lists them.
    /// - Returns: panels in the dashboard's order.
    static func all(in dashboard: Value, sources: [Value]) -> [GrafanaPanel] {
        let book = SourceBook(sources)
        let variables = variables(of: dashboard, book)
        var found: [GrafanaPanel] = []
        var open = dashboard["panels"].array ?? []
        while !open.isEmpty {
            let panel = open.removeFirst()
            open.insert(contentsOf: panel["panels"].array ?? [], at: 0)
            let queries = (panel["targets"].array ?? []).enumerated().compactMap { index, target in
                query(target, index, of: panel, book, variables)
            }
            // Why: an expression alone has nothing to work on.
            guard queries.contains(where: { $0["datasource"]["uid"].string != SourceBook.expression }) else { continue }
            let title = filled(panel["title"], variables).string ?? ""
            found.append(
                GrafanaPanel(title: title.isEmpty ? "panel \(panel["id"].interpolated)" : title, queries: queries)
            )
        }
        return found
    }

    /// One query as `/api/ds/query` takes it; nil for one that is hidden, or that no data source answers.
    private static func query(
        _ target: Value,
        _ index: Int,
        of panel: Value,
        _ book: SourceBook,
        _ variables: [String: String]
    ) -> Value? {
        guard target["hide"].bool != true, case .object(var members) = filled(target, variables) else { return nil }
        let own = members["datasource"] ?? .null
        let named = own.isNull || own["uid"].string == SourceBook.mixed ? filled(panel["datasource"], variables) : own
        guard let source = book.source(named) else { return nil }
        members["datasource"] = source
        // Why `A`: a panel's first query has no name of its own in old dashboards.
        if members["refId"]?.string == nil { members["refId"] = .string(index == 0 ? "A" : "A\(index)") }
        members["intervalMs"] = 60_000
        members["maxDataPoints"] = 100
        return .object(members)
    }

    /// Current values of the dashboard's variables, as queries have them: several become alternatives.
    private static func variables(of dashboard: Value, _ book: SourceBook) -> [String: String] {
        var values: [String: String] = [:]
        for variable in dashboard["templating"]["list"].array ?? [] {
            guard let name = variable["name"].string else { continue }
            let current = variable["current"]["value"]
            let chosen = current.array?.map(\.interpolated) ?? (current.isNull ? [] : [current.interpolated])
            if variable["type"].string == "datasource" {
                values[name] = book.source(.string(chosen.first ?? "default"))?["uid"].string
            } else if chosen.isEmpty || chosen.contains("$__all") {
                values[name] = variable["allValue"].string ?? ".*"
            } else {
                values[name] = chosen.count == 1 ? chosen[0] : "(\(chosen.joined(separator: "|")))"
            }
        }
        return values
    }

    /// `value` with `$name`, `${name}`, `${name:format}` and `[[name]]` filled in for `variables`; Grafana itself knows
    /// the others, such as `$__interval`.
    static func filled(_ value: Value, _ variables: [String: String]) -> Value {
        switch value {
        case .string(let text): .string(filled(text, variables))
        case .array(let elements): .array(elements.map { filled($0, variables) })
        case .object(let members): .object(members.mapValues { filled($0, variables) })
        case .null, .bool, .integer, .number: value
        }
    }

    private static func filled(_ text: String, _ variables: [String: String]) -> String {
        guard text.contains("$") || text.contains("[["), !variables.isEmpty else { return text }
        return text.replacing(/\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/) { match in
            let name = match.1 ?? match.2 ?? match.3 ?? ""
            return variables[String(name)] ?? String(match.0)
        }
    }
}

/// Data sources by the ways in which dashboards name them.
private struct SourceBook {
    /// Uid of queries that work on the results of others.
    static let expression = "__expr__"
    /// Uid of a panel whose queries have a data source each.
    static let mixed = "-- Mixed --"
    /// Uids that stand for Grafana itself and for another panel.
    private static let own: Set<String> = ["grafana", "-- Grafana --", "-- Dashboard --"]

    private let sources: [Value]

    init(_ sources: [Value]) { self.sources = sources }

    /// Uid and type of the data source that `reference` means: an object with `uid`, a name, or nothing for the default.
    func source(_ reference: Value) -> Value? {
        let name = reference["uid"].string ?? reference.string
        if name == Self.expression { return ["uid": .string(Self.expression), "type": .string(Self.expression)] }
        if let name, Self.own.contains(name) || name == Self.mixed { return nil }
        let found = sources.first { source in
            guard let name, name != "default" else { return source["isDefault"].bool == true }
            return source["uid"].string == name || source["name"].string == name
        }
        // Why named all the same when it is not there: Grafana then says so, and the panel is shown as broken.
        guard let found else { return ["uid": .string(name ?? "default"), "type": reference["type"]] }
        return ["uid": found["uid"], "type": found["type"]]
    }
}
