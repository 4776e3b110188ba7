"""A site's own record of inquiries: read, never written."""
