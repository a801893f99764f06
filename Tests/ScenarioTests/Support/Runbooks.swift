/// Runbooks of programs alone, for tests of what the tool itself does.
enum Runbooks {
    /// A step that appends a line to `made` once a test lets it, after saying its process id; it can look and undo.
    static let gated = """
        migrate: 1
        runbook: small
        title: A small move
        phases:
          - id: phase-1
            title: Preparation
            steps:
              - id: make
                title: Make the file
                do: exec
                with:
                  command: [sh, -c, "echo $$ > begun && read word < release && echo made >> made && echo > done"]
                  undo: [rm, made]
                  reconcile: [test, -e, made]
              - id: look
                title: Look
                probe: exec
                with: {command: [test, -e, made]}
        """

    /// The same step without a way to look whether it happened.
    static let blind = gated.replacing("          reconcile: [test, -e, made]\n", with: "")

    /// Two steps around an approval.
    static let approved = """
        migrate: 1
        runbook: small
        title: A small move
        approvals:
          go: {min: 1}
        phases:
          - id: phase-1
            title: Preparation
            steps:
              - id: make
                title: Make the file
                do: exec
                with: {command: [touch, made], undo: [rm, made], reconcile: [test, -e, made]}
              - id: agree
                title: Agree
                confirm: go
              - id: rest
                title: Rest
                do: wait
                with: {for: 1m}
              - id: look
                title: Look
                probe: exec
                with: {command: [test, -e, made]}
        """

    /// A probe that fails until there is a file `mended`, and a step after it.
    static let failing = """
        migrate: 1
        runbook: small
        title: A small move
        phases:
          - id: phase-1
            title: Preparation
            steps:
              - id: check
                title: Check
                probe: exec
                with: {command: [test, -e, mended]}
              - id: make
                title: Make the file
                do: exec
                with: {command: [touch, made], undo: [rm, made], reconcile: [test, -e, made]}
        """
}
