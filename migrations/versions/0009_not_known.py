"""What an older version does not know waits for an hour."""

from alembic import op

from migrations.script import run_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0009_not_known")


def downgrade() -> None:
    op.execute("""
        CREATE OR REPLACE FUNCTION bus.fail(subscriber text, delivery_id uuid, error text) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
        BEGIN
            PERFORM bus.check_caller(subscriber);
            UPDATE bus.deliveries d SET failures = d.failures + 1, starts = 0, last_error = error,
                quarantined_at = CASE WHEN d.failures >= 7 THEN now() END
                WHERE d.id = delivery_id AND d.subscriber = fail.subscriber AND d.quarantined_at IS NULL;
        END $$;
    """)
