"""What every app stands on: the audit log, background jobs, outgoing messages. Knows nothing of learning."""
