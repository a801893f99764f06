import Digest
import Network
import Testing

@testable import AWSClient

@Suite struct SigningTests {
    @Test func signaturesEqualBotocores() throws {
        let rows = try Table.rows("signatures.tsv")
        #expect(rows.count >= 500)
        for row in rows {
            let request = try SigningTests.request(row)
            let token = try Table.text(row[5])
            var credentials = World.keys
            credentials.sessionToken = token.isEmpty ? nil : Secret(token)
            let signer = RequestSigner(
                service: row[0],
                region: row[1],
                rules: row[0] == "s3" ? .s3 : .standard
            )
            let signed = signer.sign(request, credentials: credentials, at: World.start)
            #expect(signed.header("Authorization") == (try Table.text(row[7])), "\(request.method) \(request.url)")
            let hash = try Table.text(row[8])
            #expect(signed.header("X-Amz-Content-SHA256") ?? "" == hash, "\(request.method) \(request.url)")
        }
    }

    @Test func theSecretIsInNoHeader() throws {
        let signer = RequestSigner(service: "ecs", region: "us-west-2")
        let signed = signer.sign(
            HTTPRequest(method: "POST", url: "https://ecs.us-west-2.amazonaws.com/", body: []),
            credentials: World.keys,
            at: World.start
        )
        let secret = World.keys.secretAccessKey.exposed
        #expect(signed.headers.allSatisfy { !$0.value.contains(secret) })
    }

    private static func request(_ row: [String]) throws -> HTTPRequest {
        let headers = try Table.text(row[6]).split(separator: "\n").map { line in
            let parts = line.split(separator: "\u{1}", maxSplits: 1, omittingEmptySubsequences: false)
            return HTTPField(String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        let body = try Table.bytes(row[4])
        return HTTPRequest(
            method: row[2],
            url: try Table.text(row[3]),
            headers: headers,
            body: body.isEmpty ? nil : body
        )
    }
}
