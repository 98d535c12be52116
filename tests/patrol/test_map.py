"""The board's map: places in cells that never overlap, and what is open at each."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.patrol.domain.schematic import WIDEST, Spot, lay_out
from services.patrol.models import Zone
from shared.db import now

PLACES = st.one_of(
    st.tuples(st.none(), st.none()),
    st.tuples(st.floats(40.80, 40.82), st.floats(111.64, 111.66)),
    st.sampled_from([(40.81, 111.65), (40.81, 111.6501)]),
)
SPOTS = st.lists(
    st.builds(
        lambda key, zone, place: Spot(f"P{key}", zone, *place),
        st.integers(0, 99),
        st.sampled_from([None, "C1", "C2"]),
        PLACES,
    ),
    max_size=60,
    unique_by=lambda spot: spot.key,
)


@given(SPOTS)
def test_every_place_has_a_cell_of_its_own(spots):
    cells = lay_out(frozenset(spots))

    assert cells.keys() == {spot.key for spot in spots}
    assert len(set(cells.values())) == len(spots)
    assert all(column >= 0 and row >= 0 for column, row in cells.values())


@given(SPOTS)
def test_the_same_places_give_the_same_map_in_whatever_order_they_come(spots):
    kept = lay_out(frozenset(spots))
    lay_out.cache_clear()

    assert lay_out(frozenset(reversed(spots))) == kept


@given(st.integers(1, 40))
def test_places_without_coordinates_fill_rows_that_can_be_read(many):
    cells = lay_out(frozenset(Spot(f"P{n:02}", None) for n in range(many)))

    assert max(column for column, _ in cells.values()) < WIDEST
    assert cells["P00"] == (0, 0)


def test_north_is_above_and_east_is_right():
    corner, east = Spot("P1", None, 40.82, 111.64), Spot("P2", None, 40.82, 111.66)
    south = Spot("P3", None, 40.80, 111.64)

    cells = lay_out(frozenset({corner, east, south}))

    assert cells == {"P1": (0, 0), "P2": (1, 0), "P3": (0, 1)}


def test_what_has_no_coordinates_stands_beside_its_zone():
    known = {Spot("P1", "C1", 40.82, 111.64), Spot("P2", "C2", 40.80, 111.66)}

    cells = lay_out(frozenset(known | {Spot("P3", "C2")}))

    assert cells["P3"] == (2, 1)


@pytest.fixture
def drawn(patrol, token, desk):
    headers = token(desk)
    return lambda: patrol.get("/board", headers=headers).json["map"]


def test_the_map_shows_how_many_cases_are_open_where_and_how_many_are_late(db, drawn, checkpoint, tell):
    db.add(Zone(code="C1", kind="place", name="体院家属院", active=True, changed_at=now()))
    place = checkpoint(7, zone="C1")
    case, there, over = (tell(place=words).case for words in ("一号楼", "车棚", "二号楼"))
    for one in (case, there, over):
        one.zone = "C1"
    case.due_at = now() - timedelta(hours=1)
    there.checkpoint_id = place.id
    over.state = "confirmed"
    db.commit()

    shown = drawn()

    [point] = shown["points"]
    [zone] = [zone for zone in shown["zones"] if zone["code"] == "C1"]
    assert (point["code"], point["cell"], point["cases"], point["late"]) == ("P07", [0, 0], 1, 0)
    assert (zone["name"], zone["cell"], zone["cases"], zone["late"]) == ("体院家属院", None, 1, 1)


def test_a_compound_without_checkpoints_is_on_the_map_too(db, drawn, checkpoint):
    checkpoint(7)
    db.add(Zone(code="C9", kind="place", name="晨光里", active=True, changed_at=now()))
    db.add(Zone(code="C9-Z1", kind="zone", name="晨光里一区", active=True, changed_at=now()))
    db.commit()

    assert [(zone["name"], zone["cell"]) for zone in drawn()["zones"]] == [("晨光里", [0, 1])]


def test_a_place_that_is_not_in_use_is_not_on_the_map(db, drawn, checkpoint):
    checkpoint(7).active = False
    db.commit()

    assert drawn()["points"] == []
