"""Real inquiries, the mails that may be theirs, and the recovery desk."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables of inquiries, mails and cases; keep more of alarms."""
    op.add_column("alarm", sa.Column("subject", sa.Text(), nullable=True))
    held_at = sa.Column("held_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("alarm", held_at)
    op.create_index("incident_resolved_at", "incident", ["resolved_at"])
    op.create_table(
        "store_bookmark",
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("check", name="store_bookmark_pkey"),
    )
    op.create_table(
        "mail_bookmark",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("next_uid", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("watched_from", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("mailbox", "folder", name="mail_bookmark_pkey"),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("references", sa.Text(), nullable=False),
        sa.Column("senders", sa.Text(), nullable=False),
        sa.Column("repliers", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("traits", sa.LargeBinary(), nullable=False),
        sa.Column("quoted_traits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="mail_pkey"),
        sa.UniqueConstraint(
            "mailbox",
            "folder",
            "validity",
            "uid",
            name="mail_mailbox_folder_validity_uid_key",
        ),
    )
    op.create_index("mail_mailbox_arrived_at", "mail", ["mailbox", "arrived_at"])
    op.create_index("mail_arrived_at", "mail", ["arrived_at"])
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("is_spam", sa.Boolean(), nullable=False),
        sa.Column("mail_failed", sa.Boolean(), nullable=True),
        sa.Column("is_contentless", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("certainty", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("mail", sa.Integer(), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("incident", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="inquiry_pkey"),
        sa.ForeignKeyConstraint(
            ["mail"], ["mail.id"], name="inquiry_mail_fkey", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.id"], name="inquiry_incident_fkey"
        ),
        sa.UniqueConstraint("check", "entry", name="inquiry_check_entry_key"),
    )
    op.create_index("inquiry_check_submitted_at", "inquiry", ["check", "submitted_at"])
    op.create_index(
        "inquiry_check_status_submitted_at",
        "inquiry",
        ["check", "status", "submitted_at"],
    )
    op.create_index("inquiry_age", "inquiry", ["submitted_at"])
    op.create_index("inquiry_email", "inquiry", ["email"])
    op.create_index("inquiry_incident", "inquiry", ["incident"])
    op.create_index(
        "inquiry_submitted_at",
        "inquiry",
        ["submitted_at"],
        sqlite_where=sa.text("status = 'missing' AND incident IS NULL"),
        postgresql_where=sa.text("status = 'missing' AND incident IS NULL"),
    )
    op.create_index("inquiry_mail", "inquiry", ["mail"])
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drafting_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="case_pkey"),
        sa.ForeignKeyConstraint(
            ["inquiry"], ["inquiry.id"], name="case_inquiry_fkey", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("inquiry", name="case_inquiry_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("case_contacted_at", "case", ["contacted_at"])
    op.create_index("case_ended_at", "case", ["ended_at"])
    op.create_index(
        "case_opened_at",
        "case",
        ["opened_at"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "case_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="case_step_pkey"),
        sa.ForeignKeyConstraint(
            ["case"], ["case.id"], name="case_step_case_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("case_step_case", "case_step", ["case"])
