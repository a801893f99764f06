extension AWSError {
    /// Whether the same call may succeed a little later: throttling, a failing service, a broken connection.
    ///
    /// Says nothing of whether sending it again is safe; `mayHaveApplied` does.
    public var isTransient: Bool {
        switch FailureClass(self) {
        case .throttled, .transient: true
        case .foreignPage, .permanent: false
        }
    }
}
