/// Words for a thing that somebody changed since this run did.
enum Conflict {
    /// Problem that shows both images; nothing was touched.
    static func problem(expected: Value, found: Value) -> Problem {
        Problem(
            "changed by somebody else since this run: expected \(expected.text), found \(found.text); nothing was touched",
            hint:
                "put it back or accept it, then `migrate rollback --continue`, or leave it with `--skip STEP --reason`"
        )
    }
}
