extension IAM {
    /// The JSON of a policy that IAM sent percent-encoded; nil when the encoding is broken.
    public static func policyText(_ encoded: String) -> String? {
        PercentEncoding.decode(encoded)
    }
}
