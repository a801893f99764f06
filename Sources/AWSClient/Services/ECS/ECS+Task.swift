extension ECS {
    /// A task.
    public struct Task: Decodable, Sendable, Equatable {
        /// ARN.
        public var taskArn: String
        /// Cluster.
        public var clusterArn: String?
        /// Task definition.
        public var taskDefinitionArn: String?
        /// `service:name` for tasks of a service.
        public var group: String?
        /// CPU units, 1,024 a vCPU.
        public var cpu: String?
        /// `FARGATE` or `EC2`.
        public var launchType: String?
        /// `FARGATE`, `FARGATE_SPOT` or one of the account's; nil when it was not started by one.
        public var capacityProviderName: String?
        /// `PROVISIONING`, `PENDING`, `ACTIVATING`, `RUNNING`, `DEACTIVATING`, `STOPPING`, `DEPROVISIONING` or
        /// `STOPPED`.
        public var lastStatus: String?
        /// Where it is going.
        public var desiredStatus: String?
        /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
        public var healthStatus: String?
        /// Why it stopped, such as `TaskFailedToStart`.
        public var stopCode: String?
        /// Why it stopped, in words.
        public var stoppedReason: String?
        /// When it was asked for.
        public var createdAt: AWSTimestamp?
        /// When it ran.
        public var startedAt: AWSTimestamp?
        /// When it stopped.
        public var stoppedAt: AWSTimestamp?
        /// Who asked for it; of a service, its deployment's id.
        public var startedBy: String?
        /// Availability zone.
        public var availabilityZone: String?
        /// Its containers.
        public var containers: [Container]
        /// Its network interfaces.
        public var attachments: [Attachment]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(taskArn: String) {
            self.taskArn = taskArn
            containers = []
            attachments = []
        }

        private enum CodingKeys: String, CodingKey {
            case taskArn, clusterArn, taskDefinitionArn, group, cpu, launchType, capacityProviderName, lastStatus,
                desiredStatus, healthStatus, stopCode, stoppedReason, createdAt, startedAt, stoppedAt, startedBy,
                availabilityZone, containers, attachments
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            taskArn = try members.decode(String.self, forKey: .taskArn)
            clusterArn = try members.decodeIfPresent(String.self, forKey: .clusterArn)
            taskDefinitionArn = try members.decodeIfPresent(String.self, forKey: .taskDefinitionArn)
            group = try members.decodeIfPresent(String.self, forKey: .group)
            cpu = try members.decodeIfPresent(String.self, forKey: .cpu)
            launchType = try members.decodeIfPresent(String.self, forKey: .launchType)
            capacityProviderName = try members.decodeIfPresent(String.self, forKey: .capacityProviderName)
            lastStatus = try members.decodeIfPresent(String.self, forKey: .lastStatus)
            desiredStatus = try members.decodeIfPresent(String.self, forKey: .desiredStatus)
            healthStatus = try members.decodeIfPresent(String.self, forKey: .healthStatus)
            stopCode = try members.decodeIfPresent(String.self, forKey: .stopCode)
            stoppedReason = try members.decodeIfPresent(String.self, forKey: .stoppedReason)
            createdAt = try members.decodeIfPresent(AWSTimestamp.self, forKey: .createdAt)
            startedAt = try members.decodeIfPresent(AWSTimestamp.self, forKey: .startedAt)
            stoppedAt = try members.decodeIfPresent(AWSTimestamp.self, forKey: .stoppedAt)
            startedBy = try members.decodeIfPresent(String.self, forKey: .startedBy)
            availabilityZone = try members.decodeIfPresent(String.self, forKey: .availabilityZone)
            containers = try members.decodeIfPresent([Container].self, forKey: .containers) ?? []
            attachments = try members.decodeIfPresent([Attachment].self, forKey: .attachments) ?? []
        }
    }
}
