"""One pass of each step: read the ledger, ask a rule, act, write."""
