"""`python -m tests.standin`: the stand-in by itself. Prints the settings that point notify to it."""

import argparse
import signal
import sys

from tests.standin import Standin

ENDS = {signal.SIGINT, signal.SIGTERM}


def main() -> None:
    """Run until a signal comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--smtp-port", type=int, default=0)
    parser.add_argument("--no-decrypt", action="store_true", help="count pushes and mails without opening them")
    given = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # before there are threads, so that none of them is hit
    with Standin(given.host, given.port, given.smtp_port, decrypt=not given.no_decrypt) as standin:
        lines = [f"# {standin.url}/ shows what went out"]
        lines += [f"{name}={value}" for name, value in standin.settings().items()]
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()
        signal.sigwait(ENDS)


if __name__ == "__main__":
    main()
