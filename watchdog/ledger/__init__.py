"""Our durable memory: rows are completed, never rewritten."""
