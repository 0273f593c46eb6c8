"""``lint completion``: let the shell complete commands, options and rule codes."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from lint.errors import UsageError, did_you_mean

SHELLS = ("bash", "zsh", "fish")
_WHERE = {
    "bash": "lint completion bash > ~/.local/share/bash-completion/completions/lint",
    "zsh": 'lint completion zsh > "${fpath[1]}/_lint"',
    "fish": "lint completion fish > ~/.config/fish/completions/lint.fish",
}


@click.command("completion", epilog="\b\nTo switch it on:\n" + "\n".join(f"  {line}" for line in _WHERE.values()))
@click.argument("shell", metavar="bash|zsh|fish")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options and rule codes."""
    found = get_completion_class(shell) if shell in SHELLS else None
    if found is None:
        raise UsageError(f"'{shell}' is no shell known here", did_you_mean(shell, SHELLS))
    click.echo(found(ctx.find_root().command, {}, "lint", "_LINT_COMPLETE").source())


def complete_rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer codes, families and tags; of a list with commas, for its last part."""
    from lint.rulebook import load_rulebook

    done, comma, last = incomplete.rpartition(",")
    book = load_rulebook(local_code=False)
    tags = {tag for rule in book.rules for tag in rule.tags}
    words = {**{rule.code: rule.summary for rule in book.rules}, **dict.fromkeys([*book.families, *sorted(tags)], "")}
    offered = [word for word in words if word.lower().startswith(last.lower())]
    return [CompletionItem(f"{done}{comma}{word}", help=words[word] or None) for word in offered]
