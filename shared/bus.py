"""How an event gets from one service's outbox to another's consumers.

    publish() -> delivery row -> relay -> Celery queue "notify" -> @on(...) in notify

A queue a service, a task a delivery, a transaction a consumer. A message carries the
delivery's id and nothing else: what happened stays in Postgres, Redis only rings the bell.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import structlog
from celery import Celery
from celery.exceptions import WorkerLostError
from celery.signals import task_failure, worker_process_init, worker_ready
from kombu import Queue
from sqlalchemy import text

from shared import celery_fix, db  # noqa: F401  celery_fix mends Celery by being imported
from shared.config import config
from shared.outbox import Delivered, acknowledge, note_failure, note_start, schema_of
from shared.queues import BEGUN_ANEW, PREFIX, QUEUES, SERVICES, queue_of, task_name
from shared.schemas.event import Event

__all__ = ["BEGUN_ANEW", "QUEUES", "SERVICES", "clock", "connect", "receive", "run", "serve", "subscriber"]

log = structlog.get_logger()


@dataclass(frozen=True)
class Consumer:
    """What a service does about an event. *outside*: after the delivery is acknowledged, in no transaction."""

    act: Callable
    event: type[Event]
    outside: bool


@dataclass(frozen=True)
class Job:
    """What a service does when the clock says so, for each committee."""

    act: Callable
    every: timedelta
    urgent: bool
    outside: bool


class NotKnown(Exception):
    """A newer version of us knows it, and may get it when it is rung for again."""


@dataclass
class Registry:
    """What one process can do."""

    consumers: dict[tuple[str, str], Consumer] = field(default_factory=dict)
    jobs: dict[tuple[str, str], Job] = field(default_factory=dict)


#: Whether nobody else is at this job, until the end of the transaction.
ALONE = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:job, 0))")

registry = Registry()
celery = Celery("joint")


def subscriber(service: str) -> Callable:
    """The decorator by which functions of *service* consume events: `f(db, event)` or, outside, `f(event)`."""

    def on(event: type[Event], *, outside: bool = False) -> Callable:
        if service not in event.subscribers:
            raise ValueError(f"{event.__name__}.subscribers does not name {service!r}")

        def register(act: Callable) -> Callable:
            registry.consumers[service, event.topic] = Consumer(act, event, outside)
            return act

        return register

    return on


def clock(service: str) -> Callable:
    """The decorator by which functions of *service* run every so often: `f(db)` or, outside, `f(committee_id)`."""

    def every(seconds: float, *, urgent: bool = False, outside: bool = False) -> Callable:
        def register(act: Callable) -> Callable:
            job = Job(act, timedelta(seconds=seconds), urgent, outside)
            registry.jobs[service, f"{service}.every.{act.__name__}"] = job
            return act

        return register

    return every


def receive(service: str, delivery_id: UUID, attempt: int = 1) -> None:
    """Do what *service* does about a delivery, once, however often the bell rings for it."""
    if attempt > 1:
        with db.transaction(service) as tx:
            note_start(tx, service, delivery_id)
    try:
        after = _consume(service, delivery_id)
    except Exception as error:
        log.exception("consumer failed", service=service, delivery=str(delivery_id), attempt=attempt)
        with db.transaction(service) as tx:
            note_failure(tx, service, delivery_id, f"{type(error).__name__}: {error}")
        return
    if after:
        after()


def _consume(service: str, delivery_id: UUID) -> Callable | None:
    with db.session(service) as tx, tx.begin():
        delivered = acknowledge(tx, service, delivery_id)
        if delivered is None:
            return None
        if job := registry.jobs.get((service, delivered.topic)):
            return partial(run, service, job)
        consumer = registry.consumers.get((service, delivered.topic))
        if consumer is None:
            raise NotKnown(delivered.topic)
        structlog.contextvars.bind_contextvars(correlation_id=delivered.correlation_id)
        event = _load(consumer.event, delivered)
        if consumer.outside:
            return partial(consumer.act, event)
        consumer.act(tx, event)
    return None


def run(service: str, job: Job) -> None:
    """Run a job for every committee; one committee's failure is not another's.

    Where it is still at work since an earlier tick it is not begun again: slow work would pile up and become slower.
    A job outside a transaction sees to that itself.
    """
    with db.transaction(service) as tx:
        committees = tx.execute(text("SELECT id FROM bus.committees")).scalars().all()
    for committee_id in committees:
        try:
            if job.outside:
                job.act(committee_id)
                continue
            with db.transaction(service, committee_id, correlation_id=str(uuid4())) as tx:
                if tx.execute(ALONE, {"job": f"{service}.{job.act.__name__}.{committee_id}"}).scalar():
                    job.act(tx)
        except Exception:
            log.exception("job failed", service=service, job=job.act.__name__, committee=str(committee_id))


def _load(event: type[Event], delivered: Delivered) -> Any:
    facts = schema_of(event).load(delivered.payload)
    for name in ("event_id", "topic", "occurred_at", "subject", "actor", "correlation_id", "committee_id"):
        setattr(facts, name, getattr(delivered, name))
    return facts


def connect() -> None:
    """Configure Celery. Each line answers a known way of losing, doubling or stalling work."""
    celery.conf.update(
        broker_url=config().broker_url(),
        task_ignore_result=True,  # nobody waits for results
        # Delivery: Postgres decides about the next try, so a failed bell is a finished one.
        task_acks_late=True,
        task_acks_on_failure=True,
        task_acks_on_timeout=True,
        task_reject_on_worker_lost=False,  # loops for ever with a task that kills its process
        worker_prefetch_multiplier=1,
        task_time_limit=90,
        task_soft_time_limit=80,
        task_publish_retry=False,  # the relay owns the retry
        broker_pool_acquire_timeout=5,
        # The broker's connection
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_connection_timeout=4,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_prefetch_count_reduction=False,
        broker_transport_options={
            "global_keyprefix": PREFIX,
            "priority_steps": [0],
            "queue_order_strategy": "priority",  # the first queue of -Q first
            "visibility_timeout": 240,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "unacked_mutex_expire": 30,
            "socket_timeout": 15,
            "socket_connect_timeout": 3,
            "socket_keepalive": True,
            "health_check_interval": 10,
        },
        # Routing and content
        task_create_missing_queues=False,  # a mistyped queue is an error, not a hole
        task_queues=[Queue(name) for name in QUEUES],
        task_default_queue=QUEUES[-1],
        task_serializer="json",
        accept_content=["json"],
        # The worker's processes
        worker_max_tasks_per_child=5000,
        worker_proc_alive_timeout=30,
        worker_lost_wait=1,  # seconds until a process that died counts as dead, and the relay is told
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        control_queue_expires=60,
        control_queue_ttl=60,
    )


def serve(*services: str) -> Celery:
    """Make this process a worker of these services; their consumers and schedules are imported already."""
    db.connect(*services)
    connect()
    for service in services:
        celery.task(name=task_name(service))(_task_of(service))
        announce(service)
    return celery


def announce(service: str) -> None:
    """Write this service's jobs into the relay's clock."""
    for (owner, name), job in registry.jobs.items():
        if owner != service:
            continue
        with db.transaction(service) as tx:
            facts = {"job": name, "service": service, "every": job.every, "queue": queue_of(service, urgent=job.urgent)}
            tx.execute(text("SELECT bus.schedule(:job, :service, :queue, :every)"), facts)


def _task_of(service: str) -> Callable:
    def task(delivery_id: str, attempt: int = 1) -> None:
        structlog.contextvars.clear_contextvars()
        receive(service, UUID(delivery_id), attempt)

    return task


@worker_ready.connect
def tell_relay(**_) -> None:
    """We are here, so those before us are not: what they were rung for need not wait until its lease is over."""
    for service in {service for service, _ in registry.jobs}:
        with db.transaction(service) as tx:
            tx.execute(text("SELECT pg_notify(:channel, :service)"), {"channel": BEGUN_ANEW, "service": service})


@task_failure.connect
def tell_relay_of_lost_process(exception: BaseException | None = None, **_) -> None:
    """Our own failures are rows; this one is a process of ours that died."""
    if isinstance(exception, WorkerLostError):
        tell_relay()


@worker_process_init.connect
def forget_the_parents_connections(**_) -> None:
    for engine in db.engines():
        engine.dispose(close=False)
