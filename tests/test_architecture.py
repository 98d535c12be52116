"""The promises that no single module can keep."""

import re
from importlib import import_module

import pytest
from kombu.transport import redis as transport

from services import doors  # noqa: F401  every consumer and job is registered
from shared import bus, catalogue, celery_fix
from shared.schemas.event import Event

MODULES = {service: import_module(f"shared.schemas.{service}") for service in bus.SERVICES}
EVENTS = [event for module in MODULES.values() for event in catalogue.published_by(module)]
MODELS = [import_module(f"services.{service}.models") for service in bus.SERVICES]
TABLES = [table for models in MODELS for table in models.Base.metadata.sorted_tables]

#: What must not exist (docs/security.md): in English, pinyin or Chinese, as a name of a column or a field.
NEVER = re.compile(
    r"ethnic|nationality|minzu|民族|religio|zongjiao|宗教|politic|opinion|petition|criminal|conviction|drug|diagnos|disease"
    r"|hiv|biometric|face_id|fingerprint|id_card|shenfenzheng|身份证|landlord|tenant|risk_score|stability|credit_score"
    r"|rank|leaderboard|排名|排行|(?<!check)points|demerit|penalt|latitude_seen|longitude_seen|track"
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.topic)
def test_a_topic_names_its_publisher_and_its_version(event):
    publisher = event.__module__.split(".")[2]  # of shared.schemas.<publisher>

    assert re.fullmatch(rf"{publisher}\.[a-z_]+\.v\d+", event.topic)
    assert event.purpose or event.data_class < "C", "personal facts travel for a purpose"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.topic)
def test_every_event_is_consumed_where_it_says(event):
    for service in event.subscribers:
        assert (service, event.topic) in bus.registry.consumers


def test_topics_are_not_shared():
    topics = [event.topic for event in Event.__subclasses__() if hasattr(event, "topic")]

    assert len(set(topics)) == len(topics)


@pytest.mark.parametrize("page", ["events", "settings"])
def test_the_made_pages_of_the_docs_are_current(page):
    assert (catalogue.DOCS / f"{page}.md").read_text() == getattr(catalogue, page)(), "run python -m shared.catalogue"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_what_must_not_exist_has_no_column(table):
    assert not NEVER.search(table.name)
    assert not [column.name for column in table.columns if NEVER.search(column.name)]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_row_belongs_to_a_committee(table):
    assert "committee_id" in table.columns


def test_celery_still_needs_our_mends():
    class Abandoned(transport.Channel):
        def __init__(self):
            self.connection = None  # type: ignore[assignment]

    with pytest.raises(AttributeError):
        celery_fix._connparams(Abandoned())
