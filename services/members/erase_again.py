"""After a restore: forget again whoever asked to be forgotten since. python -m services.members.erase_again"""

import sys

from sqlalchemy import text

from services.members.domain import erasing
from shared import db


def main() -> int:
    db.connect("members")
    with db.transaction("members") as tx:
        committees = tx.execute(text("SELECT id FROM bus.committees")).scalars().all()
    count = 0
    for committee_id in committees:
        with db.transaction("members", committee_id, actor="restore") as tx:
            count += erasing.erase_again(tx)
    sys.stdout.write(f"{count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
