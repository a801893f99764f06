"""What the rehearsal scripts share: the sandbox, the tool under rehearsal, and the checks from outside of both."""
