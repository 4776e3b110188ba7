"""What keeps us running on a machine: texts for systemd and for cron; pure."""
