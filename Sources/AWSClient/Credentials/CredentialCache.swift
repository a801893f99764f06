/// Keeps credentials until shortly before they end.
///
/// Rules: one refresh at a time, whoever asks; a failed refresh is never kept, the next call asks again; while the
/// old credentials still hold, a failed refresh goes unnoticed by callers.
public actor CredentialCache: CredentialProvider {
    /// Longest time before the end from which new ones are asked for, while the old still serve.
    public static let earlyRefresh = Duration.seconds(15 * 60)
    /// Time before the end from which the old ones no longer serve.
    public static let margin = Duration.seconds(60)
    /// Time after a failed early refresh during which it is not tried again.
    public static let pauseAfterFailure = Duration.seconds(60)

    private let provider: any CredentialProvider
    private let now: @Sendable () -> AWSTimestamp
    private var kept: Kept?
    private var refresh: Task<AWSCredentials, any Error>?

    private struct Kept {
        var credentials: AWSCredentials
        /// From when new ones are asked for; nil for those without an end.
        var renewFrom: AWSTimestamp?
    }

    /// Makes an empty cache in front of `provider`.
    public init(_ provider: any CredentialProvider, now: @escaping @Sendable () -> AWSTimestamp) {
        self.provider = provider
        self.now = now
    }

    /// Credentials that hold for at least `margin`, unless their source only has shorter ones.
    ///
    /// - Throws: `CredentialFault` when there are none.
    public func credentials() async throws -> AWSCredentials {
        guard let kept else { return try await refreshed() }
        let moment = now()
        guard let renewFrom = kept.renewFrom, let expiration = kept.credentials.expiration, moment >= renewFrom
        else { return kept.credentials }
        do {
            return try await refreshed()
        } catch let fault as CredentialFault {
            guard moment.adding(CredentialCache.margin) < expiration else { throw fault }
            self.kept?.renewFrom = moment.adding(CredentialCache.pauseAfterFailure)
            return kept.credentials
        }
    }

    /// Asks the source anew because AWS refused `used` as expired; true when other ones are now kept.
    func renew(insteadOf used: AWSCredentials) async -> Bool {
        if let kept, kept.credentials.accessKeyID != used.accessKeyID { return true }
        kept = nil
        do {
            return try await refreshed().accessKeyID != used.accessKeyID
        } catch {
            // The refusal itself is what the caller must hear of.
            return false
        }
    }

    private func refreshed() async throws -> AWSCredentials {
        if let refresh { return try await refresh.value }
        // A task of its own, so that the cancelling of one caller does not fail the others who wait for it.
        let task = Task { [provider] in try await provider.credentials() }
        refresh = task
        defer { refresh = nil }
        let fresh = try await task.value
        kept = Kept(credentials: fresh, renewFrom: fresh.expiration.map { renewalMoment(end: $0) })
        return fresh
    }

    /// A quarter of the life left before the end, `earlyRefresh` at most.
    ///
    /// Why not `earlyRefresh` always: a role taken for 15 minutes would be taken anew for every call.
    private func renewalMoment(end: AWSTimestamp) -> AWSTimestamp {
        let early = min(CredentialCache.earlyRefresh, max(end.since(now()), .zero) / 4)
        return end.adding(.zero - max(early, CredentialCache.margin))
    }
}
