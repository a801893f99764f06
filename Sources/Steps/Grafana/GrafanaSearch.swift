import MigrateCore

/// The dashboards that a Grafana has.
struct GrafanaSearch: Sendable {
    /// How it is reached.
    let call: HTTPCall

    private static let pageSize = 1000

    /// All of them, as its search shows them.
    ///
    /// Throws: `HTTPFailure`, `Problem`.
    func dashboards(_ world: World) async throws -> [Value] {
        var found: [Value] = []
        for page in 1... {
            let query = [("type", "dash-db"), ("limit", "\(Self.pageSize)"), ("page", "\(page)")]
            let response = try await world.send(call.request("GET", "/api/search", query: query))
            let rows = try response.requireJSON("Grafana").array ?? []
            let known = Set(found.compactMap { $0["uid"].string })
            // A server that ignores `page` would send the first one for ever.
            let fresh = rows.filter { !known.contains($0["uid"].interpolated) }
            found += fresh
            if rows.count < Self.pageSize || fresh.isEmpty { break }
        }
        return found
    }

    /// Those of `rows` that `names` name by uid or title, all when there are no names; and the names that none has.
    static func pick(_ names: [String], from rows: [Value]) -> (found: [Value], missing: [String]) {
        func has(_ row: Value, _ name: String) -> Bool { row["uid"].string == name || row["title"].string == name }
        guard !names.isEmpty else { return (rows, []) }
        return (
            rows.filter { row in names.contains { has(row, $0) } },
            names.filter { name in !rows.contains { has($0, name) } }
        )
    }
}
