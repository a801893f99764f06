import AWSClient
import MigrateCore

extension World {
    /// Makes one AWS call that asks for a thing; nil when the service says by one of `codes` that there is none.
    ///
    /// Throws: as `call`, for every other error.
    func look<Output>(
        _ subject: String,
        absentBy codes: Set<String>,
        _ operation: () async throws -> AWSResponse<Output>
    ) async throws -> Output? {
        do {
            return try await call(subject, operation)
        } catch let error as AWSError where error.kind == .refused && codes.contains(error.code) {
            return nil
        }
    }

    /// Makes one AWS call that removes a thing; content when the service says by one of `codes` that it is gone.
    ///
    /// Throws: as `call`, for every other error.
    func remove<Output>(
        _ subject: String,
        absentBy codes: Set<String>,
        _ operation: () async throws -> AWSResponse<Output>
    ) async throws {
        _ = try await look(subject, absentBy: codes, operation)
    }
}
