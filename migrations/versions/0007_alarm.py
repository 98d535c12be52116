"""An alarm asks which group chats a role has: it should not look at every device for that."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("addresses_role", "addresses", ["role"], schema="notify")


def downgrade() -> None:
    op.drop_index("addresses_role", "addresses", schema="notify")
