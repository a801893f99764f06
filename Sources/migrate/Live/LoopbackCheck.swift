import MigrateCore

/// Whether everything that a run would talk to is on this machine, so that its waits may be shortened.
struct LoopbackCheck {
    let environment: [String: String]
    let plan: Plan

    /// Throws: `CommandFault.timeScaleNeedsEndpoint` when AWS itself would be called,
    /// `CommandFault.timeScaleNeedsLoopback` naming the first endpoint that is elsewhere.
    func require() throws {
        guard let url = environment["AWS_ENDPOINT_URL"], !url.isEmpty else {
            throw CommandFault.timeScaleNeedsEndpoint
        }
        let services = environment.filter { $0.key.hasPrefix("AWS_ENDPOINT_URL_") && !$0.value.isEmpty }.values
        for endpoint in [url] + services.sorted() where !Self.isLoopback(url: endpoint) {
            throw CommandFault.timeScaleNeedsLoopback(endpoint: endpoint)
        }
        for server in plan.nameServers where !Self.isLoopback(host: server) {
            throw CommandFault.timeScaleNeedsLoopback(endpoint: "name server \(server)")
        }
    }

    private static func isLoopback(url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { return false }
        return isLoopback(host: String(authority))
    }

    private static func isLoopback(host: String) -> Bool {
        if host.hasPrefix("[::1]") { return true }
        let name = host.prefix { $0 != ":" }
        if name == "localhost" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension Plan {
    /// Name servers that its steps ask: every `server` and `servers` parameter.
    fileprivate var nameServers: [String] {
        func collect(_ value: Value, into found: inout [String]) {
            switch value {
            case .object(let members):
                for (name, member) in members {
                    if name == "server" || name == "servers" {
                        found += member.string.map { [$0] } ?? member.array?.compactMap(\.string) ?? []
                    } else {
                        collect(member, into: &found)
                    }
                }
            case .array(let elements): for element in elements { collect(element, into: &found) }
            case .null, .bool, .integer, .number, .string: break
            }
        }
        var found: [String] = []
        for step in steps {
            var calls = step.verify.map(\.parameters) + step.watch.map(\.parameters)
            switch step.work {
            case .probe(let call): calls.append(call.parameters)
            case .action(let call): calls.append(call.parameters)
            case .confirm, .manual, .soak: break
            }
            for parameters in calls { collect(parameters, into: &found) }
        }
        return Set(found.filter { !$0.contains("${") }).sorted()
    }
}
