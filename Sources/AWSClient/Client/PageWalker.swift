/// Follows page tokens to the end of a list, and no further.
struct PageWalker {
    /// Most pages followed; a list of AWS's largest pages has 1,000 entries each.
    static let limit = 1000

    let service: String
    let operation: String
    private var seen: Set<String> = []

    init(service: AWSService, operation: String) {
        self.service = service.id
        self.operation = operation
    }

    /// Notes that `token` asks for the next page.
    ///
    /// - Throws: `AWSError` of kind `endlessPages` when it was asked for before, or there are too many pages.
    mutating func follow(_ token: String) throws {
        guard seen.insert(token).inserted else {
            throw fault("the page token `\(token.prefix(40))` was handed out twice")
        }
        guard seen.count < PageWalker.limit else { throw fault("more than \(PageWalker.limit) pages") }
    }

    private func fault(_ message: String) -> AWSError {
        AWSError(kind: .endlessPages, service: service, operation: operation, message: message)
    }
}

/// All entries of a list, with the evidence of its last page; attempts are summed.
///
/// - Throws: whatever `fetch` throws, and `AWSError` of kind `endlessPages`.
func allPages<Page: Sendable, Item: Sendable>(
    _ service: AWSService,
    _ operation: String,
    fetch: (_ token: String?) async throws -> AWSResponse<Page>,
    items: (Page) -> [Item],
    next: (Page) -> String?
) async throws -> AWSResponse<[Item]> {
    var walker = PageWalker(service: service, operation: operation)
    var collected: [Item] = []
    var attempts = 0
    var token: String?
    while true {
        let page = try await fetch(token)
        collected += items(page.value)
        attempts += page.attempts
        guard let following = next(page.value), !following.isEmpty else {
            var response = page.map { _ in collected }
            response.attempts = attempts
            return response
        }
        try walker.follow(following)
        token = following
    }
}
