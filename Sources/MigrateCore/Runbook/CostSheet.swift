/// What a system uses in a month, for pay by the hour and the gigabyte, beside what its document says that it costs.
public struct CostSheet: Sendable, Hashable {
    /// One thing that is paid for.
    public struct Item: Sendable, Hashable {
        /// Name for people.
        public var name: String
        /// Quantity in a month of each price, by the price's key.
        public var uses: [String: Double]
        /// What the document says that it costs.
        ///
        /// Unit: US dollars a month.
        public var document: Double?

        /// Makes an item.
        public init(name: String, uses: [String: Double], document: Double? = nil) {
            self.name = name
            self.uses = uses
            self.document = document
        }

        /// Uses of Fargate tasks that never stop.
        ///
        /// - Parameters:
        ///   - tasks: how many there are.
        ///   - cpu: CPU units of one task; 1024 are one vCPU.
        ///   - memory: memory of one task, in MiB.
        ///   - disk: ephemeral storage of one task, in GB; nil for what every task has.
        /// - Returns: hours of vCPUs, of gigabytes, and of gigabytes of disk that are paid for, in a month, by price.
        public static func fargate(tasks: Double, cpu: Double, memory: Double, disk: Double?) -> [String: Double] {
            let paid = max((disk ?? freeDisk) - freeDisk, 0)
            let uses = [
                "fargate.vcpu_hour": tasks * cpu / 1024 * hoursAMonth,
                "fargate.gb_hour": tasks * memory / 1024 * hoursAMonth,
            ]
            return paid > 0 ? uses.merging(["fargate.disk_gb_hour": tasks * paid * hoursAMonth]) { $1 } : uses
        }
    }

    /// Ephemeral storage that every task has, and that is not paid for.
    ///
    /// Unit: GB. Source: AWS Fargate pricing and "Fargate task ephemeral storage" of the ECS developer guide.
    public static let freeDisk: Double = 20

    /// Hours in a month, as AWS reckons: 365 days of 24 hours, by twelve.
    public static let hoursAMonth: Double = 730

    /// Things paid for, in order.
    public var items: [Item]
    /// What the document says that all of it costs.
    ///
    /// Unit: US dollars a month.
    public var document: Double?
    /// Why the document's figures and these differ, for people.
    public var about: LocalizedText?

    /// Makes a sheet.
    public init(items: [Item], document: Double? = nil, about: LocalizedText? = nil) {
        self.items = items
        self.document = document
        self.about = about
    }
}
