/// What credential services answer.
enum CredentialAnswers {
    static let webIdentity = sts("AssumeRoleWithWebIdentity", id: "ASIAWEB")
    static let role = sts("AssumeRole", id: "ASIAROLE")

    static let container = """
        {"AccessKeyId":"ASIATASK","SecretAccessKey":"task-secret","Token":"task-token","Expiration":"2026-11-21T09:00:00Z"}
        """
    static let instance = """
        {"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"ASIAHOST","SecretAccessKey":"s","Token":"t",
        "Expiration":"2026-11-21T09:00:00Z","LastUpdated":"2026-11-21T03:00:00Z"}
        """
    static let process = """
        {"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"s","SessionToken":"t","Expiration":"2026-11-21T09:00:00Z"}
        """
    static let sso = """
        {"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":1795233845000}}
        """

    private static func sts(_ operation: String, id: String) -> String {
        """
        <\(operation)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(operation)Result><Credentials>
        <AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
        <Expiration>2026-11-21T04:04:05Z</Expiration></Credentials><AssumedRoleUser>
        <AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/r/x</Arn></AssumedRoleUser>
        </\(operation)Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></\(operation)Response>
        """
    }
}
