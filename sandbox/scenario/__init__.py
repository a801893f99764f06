"""What a sandbox holds when it starts: one module a system."""
