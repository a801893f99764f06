/// What one easy handle is asked to do.
struct CurlJob: Sendable {
    /// Address, limits and content.
    var request: HTTPRequest
    /// Whether to stop once TCP is connected, sending nothing.
    var connectsOnly: Bool
}
