import AWSClient
import Network

/// A world in which every request has one answer.
enum FuzzSurroundings {
    /// Keys that sign.
    static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret("secret"),
        source: "fuzz"
    )

    /// Surroundings in which `body` is every answer, with `status`, and `files` are all files.
    static func make(status: Int, body: [UInt8], files: [String: [UInt8]]) -> AWSSurroundings {
        let world = OneAnswer(response: HTTPResponse(status: status, body: body), files: files)
        return AWSSurroundings(
            http: world,
            environment: [:],
            homeDirectory: "",
            files: world,
            processes: world,
            now: { AWSTimestamp(seconds: 1_768_262_400) },
            sleep: { _ in },
            random: { 0 },
            mfaCode: { _ in "123456" }
        )
    }
}

/// One answer, and a few files.
private struct OneAnswer: HTTPClient, AWSFiles, CredentialProcessRunner {
    let response: HTTPResponse
    let files: [String: [UInt8]]

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { response }
    func read(_ path: String) throws -> [UInt8]? { files[path] }
    func write(_ bytes: [UInt8], to path: String) throws {}
    func run(_ command: String) async throws -> [UInt8] { response.body }
}
