@testable import Network

extension FuzzTarget {
    /// An answer of a name server; the first byte chooses the type that was asked for.
    static let dns = FuzzTarget(name: "dns") { bytes in
        let types: [DNSQuestion.RecordType] = [.a, .aaaa, .cname, .ns, .soa, .txt]
        guard let first = bytes.first, let message = try? DNSMessage(bytes: Array(bytes.dropFirst())) else { return }
        let type = types[Int(first) % types.count]
        _ = message.answer(to: DNSQuestion(name: "host.example.com", type: type, server: nil))
    }
}
