extension LeaseRecord {
    /// Whether its holder has failed to renew it in time.
    ///
    /// Why in both directions: a holder at work renews by the same clock, so a renewal far ahead of `now` means that
    /// the clock was set back after it.
    public func isExpired(at now: Timestamp) -> Bool {
        now - renewedAt >= Self.lifetime || renewedAt - now >= Self.lifetime
    }
}

extension LeaseClaim {
    /// Why this claim must not take the lease from `holder`; nil when it may.
    ///
    /// A holder certainly dead on this host gives way to anybody; one that stopped renewing, to a person who takes
    /// over; one that renews, to nobody: its call in flight could not be called back.
    public func refusal(by holder: LeaseRecord, takesOver: Bool) -> LeaseHeld? {
        if holder.host == host, isDead(holder) { return nil }
        let isExpired = holder.isExpired(at: at)
        return isExpired && takesOver ? nil : LeaseHeld(holder: holder, isExpired: isExpired)
    }

    /// Record of the lease that this claim takes as number `epoch`.
    public func record(epoch: Int) -> LeaseRecord {
        LeaseRecord(
            epoch: epoch,
            user: user,
            host: host,
            process: process,
            processStart: processStart,
            operation: operation,
            acquiredAt: at,
            renewedAt: at
        )
    }
}
