"""What we claim about speed (DESIGN section 11), measured beside a rival or a floor."""
