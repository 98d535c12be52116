"""Members by skill, moves whose day has come, and what was told, in committees that have grown."""

from alembic import op

from migrations.script import run_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0010_grown")


def downgrade() -> None:
    op.execute("""
        DROP INDEX members.memberships_begun, members.memberships_ended;
        DROP TRIGGER take_number ON members.person_skills;
        DROP TRIGGER give_number ON members.people;
        DROP FUNCTION members.take_number, members.give_number, notify.first_id_of, notify.last_id_of;
        ALTER TABLE members.person_skills DROP COLUMN number;
        CREATE INDEX person_skills_skill ON members.person_skills (skill);
    """)
