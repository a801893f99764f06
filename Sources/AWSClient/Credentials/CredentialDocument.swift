/// Credentials as JSON: of a process, a container endpoint or the instance metadata service.
enum CredentialDocument {
    /// Reads `bytes`; the session token is called `tokenName`.
    ///
    /// - Throws: `CredentialFault` when they are no JSON or lack a key.
    static func read(_ bytes: [UInt8], tokenName: String, source: String) throws -> AWSCredentials {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            // The text itself may hold keys and is not shown.
            throw CredentialFault(
                source: source,
                reason: "its answer is no JSON (\(error.reason) at byte \(error.offset))"
            )
        }
        guard let id = document["AccessKeyId"]?.string, !id.isEmpty else {
            throw lacks("AccessKeyId", document, source)
        }
        guard let secret = document["SecretAccessKey"]?.string, !secret.isEmpty else {
            throw lacks("SecretAccessKey", document, source)
        }
        var credentials = AWSCredentials(
            accessKeyID: id,
            secretAccessKey: Secret(secret),
            sessionToken: document[tokenName]?.string.map(Secret.init),
            source: source
        )
        if let text = document["Expiration"]?.string {
            guard let end = AWSTimestamp(iso8601: text) else {
                throw CredentialFault(source: source, reason: "`Expiration` is `\(text)`, which is not a moment")
            }
            credentials.expiration = end
        }
        credentials.accountID = document["AccountId"]?.string
        return credentials
    }

    private static func lacks(_ name: String, _ document: JSONDocument, _ source: String) -> CredentialFault {
        let said = [document["Code"]?.string, document["code"]?.string, document["Message"]?.string]
            .compactMap { $0 }.joined(separator: ": ")
        return CredentialFault(
            source: source,
            reason: "its answer lacks `\(name)`" + (said.isEmpty ? "" : " (`\(ErrorReader.oneLine(said))`)")
        )
    }
}
