"""What all tests need of the process that they run in."""

import signal


def pytest_configure():
    """Let programs that tests start be interrupted, also where a shell started the tests in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
