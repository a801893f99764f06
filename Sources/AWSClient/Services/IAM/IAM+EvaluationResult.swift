extension IAM {
    /// What the policies say of one action on one resource.
    public struct EvaluationResult: Sendable, Equatable {
        /// Action.
        public var evalActionName: String
        /// Resource.
        public var evalResourceName: String?
        /// `allowed`, `explicitDeny` or `implicitDeny`.
        public var evalDecision: String
        /// Condition keys that policies ask for and the simulation was not given.
        public var missingContextValues: [String]

        /// Makes the value.
        public init(
            evalActionName: String,
            evalResourceName: String? = nil,
            evalDecision: String,
            missingContextValues: [String] = []
        ) {
            self.evalActionName = evalActionName
            self.evalResourceName = evalResourceName
            self.evalDecision = evalDecision
            self.missingContextValues = missingContextValues
        }
    }
}

extension IAM.EvaluationResult: XMLDecodable {
    init(xml node: XMLNode) throws {
        evalActionName = try node.required("EvalActionName")
        evalResourceName = node.text("EvalResourceName")
        evalDecision = try node.required("EvalDecision")
        missingContextValues = node.texts("MissingContextValues", "member")
    }
}
