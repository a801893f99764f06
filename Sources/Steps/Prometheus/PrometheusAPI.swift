import MigrateCore

/// Prometheus's HTTP API, which Mimir speaks too.
struct PrometheusAPI: Sendable {
    /// Address up to where `/api/v1` begins.
    var call: HTTPCall

    /// Result of a query.
    struct QueryResult: Sendable {
        /// Value of each series, a scalar being one; NaN and infinities are no data and left out.
        var values: [Double]
        /// As the API gave it.
        var raw: Value
    }

    /// Result of `query` now.
    ///
    /// Throws: `Problem` for an error of the API; what the tools throw.
    func query(_ query: String, _ world: World) async throws -> QueryResult {
        let data = try await get("/api/v1/query", query: [("query", query)], world)
        let samples: [Value] =
            switch data["resultType"].string {
            case "scalar", "string": [data["result"]]
            default: (data["result"].array ?? []).map { $0["value"] }
            }
        // A sample is `[time, "text of the number"]`.
        let values = samples.compactMap { $0.array?.last?.string }.compactMap { Double($0) }.filter(\.isFinite)
        return QueryResult(values: values, raw: data["result"])
    }

    /// `data` of an answer to `path`.
    ///
    /// Throws: `Problem` for an error of the API; what the tools throw.
    func get(_ path: String, query: [(String, String)] = [], _ world: World) async throws -> Value {
        let response = try await world.send(call.request("GET", path, query: query))
        if let said = response.json, said["status"].string == "error" {
            throw Problem("the query was refused: \(said["errorType"].interpolated): \(said["error"].interpolated)")
        }
        return try response.requireJSON("the API")["data"]
    }
}
