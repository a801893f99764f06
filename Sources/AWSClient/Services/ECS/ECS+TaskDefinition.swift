extension ECS {
    /// A registered task definition: the facts that are read, and all of it as AWS sent it.
    public struct TaskDefinition: Sendable, Equatable {
        /// ARN, with the revision.
        public var taskDefinitionArn: String
        /// Family.
        public var family: String
        /// Revision, from 1.
        public var revision: Int
        /// `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`; nil when AWS did not say.
        public var status: String?
        /// Everything that AWS sent, unknown members included.
        public var document: JSONDocument

        /// Reads the member `taskDefinition` of an answer.
        ///
        /// - Throws: `ShapeFault` when the ARN, the family or the revision is missing.
        init(_ document: JSONDocument) throws {
            guard let arn = document["taskDefinitionArn"]?.string else {
                throw ShapeFault(path: "taskDefinition.taskDefinitionArn", reason: "missing")
            }
            guard let family = document["family"]?.string else {
                throw ShapeFault(path: "taskDefinition.family", reason: "missing")
            }
            guard let revision = document["revision"]?.integer else {
                throw ShapeFault(path: "taskDefinition.revision", reason: "missing")
            }
            taskDefinitionArn = arn
            self.family = family
            self.revision = Int(revision)
            status = document["status"]?.string
            self.document = document
        }
    }

    /// Output of the operations that return one task definition.
    public struct TaskDefinitionOutput: Sendable, Equatable {
        /// The task definition.
        public var taskDefinition: TaskDefinition
        /// Its tags, when asked for.
        public var tags: [Tag]
    }

    /// Sends `body` and reads the task definition of the answer.
    func taskDefinition(_ call: Call, body: [UInt8]) async throws -> AWSResponse<TaskDefinitionOutput> {
        let answer = try await client.send(try client.jsonCall(call, body: body))
        let document = try answer.document()
        do {
            let tags = document["tags"]?.array?.map { Tag(key: $0["key"]?.string, value: $0["value"]?.string) }
            return answer.evidence(
                TaskDefinitionOutput(
                    taskDefinition: try TaskDefinition(document["taskDefinition"] ?? .null),
                    tags: tags ?? []
                )
            )
        } catch let fault as ShapeFault {
            throw answer.unreadable("`\(fault.path)` is \(fault.reason)")
        }
    }
}
