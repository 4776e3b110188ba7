"""Mailboxes and the mail in them: read only, but for what is provably ours."""
