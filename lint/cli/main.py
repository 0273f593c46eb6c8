"""The program ``lint``: finds the command, and turns every fault into one clear line."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from lint import __version__, expressions
from lint.cli.interrupts import forget_signals, on_signals
from lint.cli.streams import NO_ROOM, drop_output
from lint.errors import LintError, UsageError, did_you_mean

COMMANDS = (
    "baseline", "cache", "completion", "config", "doctor", "explain", "fix", "forms", "generate", "init", "lexicon",
    "report", "rules", "run", "schema",
)  # fmt: skip
FAULT, INTERRUPTED, BROKEN_PIPE, TERMINATED = 2, 130, 141, 143


class Program(click.Group):
    """A group that imports a command only when it is called, and words faults itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"lint.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], COMMANDS)
            if os.path.exists(args[0]):
                hint = f"to check it, write 'lint run {args[0]}'"
            raise UsageError(f"there is no command '{args[0]}'", hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, before click can turn an interrupt, a closed pipe or a full disk into noise."""
        on_signals(_interrupted, _terminated)
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            expressions.keep()
        except KeyboardInterrupt:
            complain("interrupted")
            raise click.exceptions.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            drop_output()
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            drop_output()
            raise UsageError(f"standard output cannot be written: {error.strerror}", "make room for it") from None
        return code

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program and exit: 0, 1 for findings, 2 for a fault, which is said in one line."""
        forgive_encodings()
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except LintError as error:
            code = complain(str(error))
        except click.NoSuchOption as error:
            hint = did_you_mean(error.option_name, error.possibilities or (), "'--help' lists them all")
            code = complain(str(UsageError(f"there is no option '{error.option_name}'", hint)))
        except click.ClickException as error:
            code = _complain_as_click(error.format_message())
        except Exception as error:
            if "--debug" in sys.argv:
                raise
            advice = "this is a defect of lint; run again with --debug to see where, and report it"
            code = complain(f"{type(error).__name__}: {error} ({advice})")
        sys.exit(code or 0)


def _interrupted() -> NoReturn:
    raise KeyboardInterrupt


def _terminated() -> NoReturn:
    """End as after an interrupt, so that half-written files are taken away and other processes end."""
    complain("terminated")
    sys.exit(TERMINATED)


def complain(message: str) -> int:
    """Say in one line on standard error what is wrong; return the exit code for it."""
    print("lint:", " ".join(message.split()), file=sys.stderr)
    return FAULT


def _complain_as_click(message: str) -> int:
    """Pass on what click has to say: a fault in one line, or the whole help where words are missing."""
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
        return FAULT
    return complain(message[:1].lower() + message[1:].rstrip("."))


def forgive_encodings() -> None:
    """Let no character that a terminal cannot show stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="registry-lint", message="%(prog)s %(version)s")
def main() -> None:
    """Find flaws in records of clinical-trial registries.

    'lint run FOLDER' checks all records of a folder, 'lint explain ARM001' says what a rule
    is about and what to do, 'lint rules' lists all rules.
    """


def program() -> NoReturn:
    """Run the command line as a process of its own.

    Taking down some 250 modules one by one would cost a short run a twentieth of its time, so the process ends
    at once where nothing waits for its end.
    """
    try:
        main()
    except SystemExit as ending:
        code = ending.code
    forget_signals()
    if _is_awaited():
        sys.exit(code)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


_TOOLS = 6
"""So many tools can observe a process through ``sys.monitoring``."""


def _is_awaited() -> bool:
    """Say whether something waits for the end of this process: a thread, what was registered for it, an observer."""
    registered = getattr(atexit, "_ncallbacks", lambda: 1)()
    observed = sys.gettrace() or sys.getprofile() or sys.flags.interactive
    monitoring: Any = getattr(sys, "monitoring", None)  # since Python 3.12
    observed = observed or (monitoring and any(map(monitoring.get_tool, range(_TOOLS))))
    return bool(registered or observed or threading.active_count() > 1)
