"""What can be found out around a bad submission, beside what its verdict tells."""
