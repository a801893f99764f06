/// CodePipeline.
///
/// A value around the client; its operations are in files of their own.
public struct CodePipeline: Sendable {
    let client: AWSClient
}

extension AWSClient {
    /// CodePipeline.
    public var codePipeline: CodePipeline { CodePipeline(client: self) }
}
