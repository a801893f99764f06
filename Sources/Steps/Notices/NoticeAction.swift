import MigrateCore

/// An action that sends words to people: nothing is there to look at before or after.
protocol NoticeAction: ActionKind {
    /// What is sent, and where to.
    var notice: Notice { get }
}

extension NoticeAction {
    func observe(_ world: World) async throws -> Value { .null }
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }
    func wanted(over before: Value) throws -> Value { notice.image }
    func facts(of image: Value) -> [String: Value] { [:] }
}
