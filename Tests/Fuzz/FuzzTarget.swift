/// One reader that takes bytes from outside, and must survive whatever they are.
struct FuzzTarget: Sendable {
    /// Name on the command line, and of its folder of seeds.
    let name: String
    /// Reads bytes: errors are answers, and a trap, a hang or a leak is what is looked for.
    let read: @Sendable ([UInt8]) async -> Void

    /// Every target there is.
    static let all = [
        FuzzTarget.runbook, .environment, .expression, .canonical, .dns, .json, .query, .ec2, .restXML, .restJSON,
        .event, .configuration,
    ]
}
