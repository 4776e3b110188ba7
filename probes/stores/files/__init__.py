"""Files in which inquiries are written: tables, JSON Lines, access logs."""
