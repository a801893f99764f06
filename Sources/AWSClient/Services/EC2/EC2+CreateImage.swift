extension EC2 {
    /// Creates a machine image of an instance; `InvalidAMIName.Duplicate` when there is one of that name.
    ///
    /// Why `noReboot` has no default: EC2 reboots the instance unless told not to.
    /// Without a reboot the file systems are imaged as a power cut would leave them.
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createImage(_ input: CreateImageInput) async throws -> AWSResponse<CreateImageOutput> {
        try await client.query(Call(.ec2, "CreateImage", .once), input)
    }

    /// Input of `createImage`.
    public struct CreateImageInput: Sendable, Equatable {
        /// Instance.
        public var instanceId: String
        /// Name of the image, 3 to 128 characters.
        public var name: String
        /// Whether the instance goes on running meanwhile.
        public var noReboot: Bool
        /// What it is for.
        public var description: String?
        /// Tags of the image and of its snapshots.
        public var tagSpecifications: [TagSpecification]?

        /// Makes the input; what is nil is left out.
        public init(
            instanceId: String,
            name: String,
            noReboot: Bool,
            description: String? = nil,
            tagSpecifications: [TagSpecification]? = nil
        ) {
            self.instanceId = instanceId
            self.name = name
            self.noReboot = noReboot
            self.description = description
            self.tagSpecifications = tagSpecifications
        }
    }

    /// Output of `createImage`.
    public struct CreateImageOutput: Sendable, Equatable {
        /// Id of the image, which is `pending` at first.
        public var imageId: String

        /// Makes the value.
        public init(imageId: String) {
            self.imageId = imageId
        }
    }
}

extension EC2.CreateImageInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("InstanceId", instanceId)
        form.add("Name", name)
        form.add("NoReboot", noReboot)
        form.add("Description", description)
        form.add("TagSpecification", tagSpecifications)
    }
}

extension EC2.CreateImageOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        imageId = try node.required("imageId")
    }
}
