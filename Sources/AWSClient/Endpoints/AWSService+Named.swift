extension AWSService {
    /// The service that the AWS CLI calls `name`, among those that speak JSON with targets, query or ec2; nil when
    /// there is none.
    public static func named(_ name: String) -> AWSService? {
        for line in ServiceTable.text.split(separator: "\n") where line.hasPrefix(name + "|") {
            return AWSService(tableLine: line)
        }
        return nil
    }

    /// Names that `named` knows.
    public static var callableNames: [String] {
        ServiceTable.text.split(separator: "\n").compactMap { $0.split(separator: "|").first.map(String.init) }
    }

    /// Reads one line of the table; nil when it is not of its form.
    init?(tableLine line: Substring) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 8 else { return nil }
        let wire: WireProtocol
        switch fields[2] {
        case "json":
            let parts = fields[3].split(separator: " ").map(String.init)
            guard parts.count == 2 else { return nil }
            wire = .json(version: parts[0], targetPrefix: parts[1])
        case "query": wire = .query(version: fields[3])
        case "ec2": wire = .ec2(version: fields[3])
        default: return nil
        }
        self.init(
            id: fields[1],
            endpointPrefix: fields[4],
            signingName: fields[5] == "-" ? nil : fields[5],
            wire: wire
        )
        fixedHost = fields[6] == "-" ? nil : fields[6]
        fixedSigningRegion = fields[7] == "-" ? nil : fields[7]
        isGlobal = [AWSService.iam.id, AWSService.route53.id].contains(id)
    }
}
