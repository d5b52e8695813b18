"""Click in Bahasa Indonesia: help pages, usage lines, usage errors; no English word of click gets through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import click

__all__ = ["Argument", "Command", "Entry", "Group", "Misused", "Option", "usage_sentence"]

_OPTIONS: Final = "[OPSI]"
_SUBCOMMAND: Final = "PERINTAH [ARGUMEN]..."


class Misused(click.UsageError):
    """Wrong usage whose message is already an Indonesian sentence."""


class Option(click.Option):
    """An option whose help row says `wajib`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        return record[0], record[1].replace("[required]", "[wajib]").strip()


class Argument(click.Argument):
    """A positional argument with a description for the help page."""

    def __init__(self, *names: Any, description: str = "", **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.description = description


class _Speaking(click.Command):
    """What commands and groups share: Indonesian headings, and errors that know their context."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)
        arguments = [(one.make_metavar(ctx), one.description) for one in params if isinstance(one, Argument)]
        options = [
            record for one in params if isinstance(one, click.Option) if (record := one.get_help_record(ctx))
        ]
        for title, rows in (("Argumen", arguments), ("Opsi", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:  # the parser raises some without a context
            error.ctx = error.ctx or ctx
            raise


class Command(_Speaking):
    """A command; surplus arguments are refused in Indonesian."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings["options_metavar"] = _OPTIONS
        super().__init__(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Misused(f"Argumen berlebih: {' '.join(map(str, rest))}.", ctx=ctx)
        return rest


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives; it is loaded when it is called. `about` is its line in the list of commands."""

    module: str
    name: str
    about: str


class Group(_Speaking, click.Group):
    """A group of commands, loaded on demand."""

    command_class = Command

    def __init__(self, *args: Any, entries: Mapping[str, Entry] | None = None, **settings: Any) -> None:
        settings |= {"options_metavar": _OPTIONS, "subcommand_metavar": _SUBCOMMAND, "no_args_is_help": True}
        super().__init__(*args, **settings)
        self._entries = dict(entries or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._entries, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self._entries.get(cmd_name)
        if entry is None:
            return super().get_command(ctx, cmd_name)
        command = getattr(import_module(entry.module), entry.name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = str(args[0])
        if name not in self.list_commands(ctx):
            near = get_close_matches(name, self.list_commands(ctx), n=2)
            hint = f" Mungkin maksud Anda {' atau '.join(near)}." if near else ""
            if name.startswith("-"):
                raise Misused(f"Opsi tidak dikenal: {name}.", ctx=ctx)
            raise Misused(f"Perintah tidak dikenal: {name}.{hint}", ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self._about(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)

    def _about(self, ctx: click.Context, name: str) -> str:
        entry = self._entries.get(name)
        command = None if entry else self.get_command(ctx, name)
        return entry.about if entry else (command.short_help or "" if command else "")


def usage_sentence(error: click.UsageError) -> str:
    """What was wrong with the call, and where to read how it is meant; several lines for a bare group."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    path = error.ctx.command_path if error.ctx else "python -m tracker"
    return f"{_fault(error)} Lihat {path} --help"


def _fault(error: click.UsageError) -> str:
    if isinstance(error, Misused):
        return error.message
    if isinstance(error, click.NoSuchOption):
        near = f" Mungkin maksud Anda {' atau '.join(error.possibilities)}." if error.possibilities else ""
        return f"Opsi tidak dikenal: {error.option_name}.{near}"
    if isinstance(error, click.BadOptionUsage):
        return _option_fault(error)
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadParameter):
        return f"Nilai {_hint(error)} tidak dapat dipakai: {error.message}"
    return "Perintah ini tidak lengkap."


def _option_fault(error: click.BadOptionUsage) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    is_flag = any(
        isinstance(one, click.Option) and one.is_flag and error.option_name in one.opts for one in params
    )
    return f"Opsi {error.option_name} {'tidak menerima nilai' if is_flag else 'membutuhkan nilai'}."


def _missing(error: click.MissingParameter) -> str:
    kind = "Argumen" if isinstance(error.param, click.Argument) else "Opsi"
    return f"{kind} {_hint(error)} belum diisi."


def _hint(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Argument):
        return (error.param.metavar or error.param.human_readable_name).strip("[]")
    return max(error.param.opts, key=len)
