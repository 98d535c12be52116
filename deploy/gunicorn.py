"""How gunicorn runs a service, alone or all four: threads, so that event streams can stay open."""

import gc
import os

bind = os.environ.get("LISTEN", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_PROCESSES", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "540"))
timeout = 60
graceful_timeout = 10
keepalive = 30
max_requests = 0
accesslog = None
errorlog = "-"
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
worker_tmp_dir = os.environ.get("GUNICORN_TMP", "/dev/shm" if os.path.isdir("/dev/shm") else None)  # noqa: S108
control_socket_disable = True


def post_worker_init(worker):
    """What is there from the start is never garbage: looking through it takes a tenth of a second, now and then."""
    gc.collect()
    gc.freeze()
