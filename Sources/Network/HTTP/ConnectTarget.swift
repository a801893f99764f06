/// Address to connect to in place of the URL's own.
public struct ConnectTarget: Sendable, Equatable {
    /// Host name or address.
    public var host: String
    /// TCP port.
    public var port: Int

    /// Makes a target.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}
