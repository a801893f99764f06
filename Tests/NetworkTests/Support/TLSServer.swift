import Glibc

@testable import Network

/// `openssl s_server` on a free port of 127.0.0.1, with certificates made for it; ends with its last reference.
///
/// To a client that names `secureName` it shows that name's certificate, to any other one for `otherName`.
final class TLSServer {
    /// Name whose certificate is shown when the client asks for it.
    static let secureName = "grafana.example.com"
    /// Name of the certificate shown otherwise.
    static let otherName = "other.example.com"

    /// Port that the system gave.
    let port: Int
    /// PEM file of the certificate for `secureName`, which signed itself.
    let authoritiesFile: String
    private let folder: String
    private let process: ChildProcess

    /// Makes the certificates, valid for `days`, and starts the server.
    init(days: Int = 30) throws {
        var template = Array("/tmp/migrate-tls-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw LoopbackRefusal(call: "mkdtemp", errorNumber: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        authoritiesFile = "\(folder)/secure.pem"
        for (file, name) in [("secure", Self.secureName), ("other", Self.otherName)] {
            let status = try ChildProcess([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "\(days)", "-subj", "/O=Example/CN=\(name)",
                "-addext", "subjectAltName=DNS:\(name),IP:192.0.2.7",
                "-keyout", "\(folder)/\(file).key", "-out", "\(folder)/\(file).pem",
            ]).wait()
            guard status == 0 else { throw LoopbackRefusal(call: "openssl req", errorNumber: status) }
        }
        process = try ChildProcess([
            "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-servername", Self.secureName,
            "-cert", "\(folder)/other.pem", "-key", "\(folder)/other.key",
            "-cert2", "\(folder)/secure.pem", "-key2", "\(folder)/secure.key",
        ])
        var found: Int?
        while found == nil, let line = process.nextLine() {
            guard line.hasPrefix("ACCEPT ") else { continue }
            found = line.split(separator: ":").last.flatMap { Int($0) }
        }
        guard let found else { throw LoopbackRefusal(call: "openssl s_server", errorNumber: 0) }
        port = found
    }

    deinit {
        for file in ["secure.pem", "secure.key", "other.pem", "other.key"] { unlink("\(folder)/\(file)") }
        rmdir(folder)
    }

    /// A request for `name` that is sent to this server.
    func request(for name: String) -> HTTPRequest {
        var request = HTTPRequest(url: "https://\(name)/")
        request.connectTo = ConnectTarget(host: "127.0.0.1", port: port)
        request.authoritiesFile = authoritiesFile
        request.wantsCertificates = true
        return request
    }
}
