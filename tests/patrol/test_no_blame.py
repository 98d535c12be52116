"""What the tables of patrol must not hold, so that nobody can be blamed or followed."""

from sqlalchemy import text


def test_nothing_in_the_data_model_could_blame_anybody(db):
    """No score, no demerit, no count of silences; an alarm names helpers, never who was silent."""
    columns = text("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'patrol'")
    names = {tuple(row) for row in db.execute(columns)}
    blame = ("demerit", "score", "points", "penalt", "strike", "missed", "fault", "absen", "count", "rank")

    assert not [name for _, name in names if any(word in name for word in blame)]
    about_people = {
        name for table, name in names if table == "alarms" and name.endswith(("_by", "person_id", "people"))
    }
    assert about_people == {"looked_after_by", "ended_by"}


def test_no_column_for_coordinates_exists_where_people_report(db):
    kept = text(
        "SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = 'patrol'"
        " AND table_name LIKE ANY (ARRAY['check_ins%', 'troubles', 'response%', 'sos', 'alarms', 'shift%',"
        " 'skips', 'checks', 'pauses', 'crew_confirmations', 'join_tries'])"
    )
    words = {part for name in db.scalars(kept) for part in name.split("_")}

    assert not words & {
        "lat",
        "lon",
        "lng",
        "latitude",
        "longitude",
        "position",
        "location",
        "coordinates",
        "geom",
        "track",
    }
