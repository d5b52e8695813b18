"""The command `dashboard`: starts the server on this machine and opens the browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn, Self

import click

import tracker
from tracker.cli.language import Command
from tracker.cli.options import WholeNumber, argument, common, moment_or_clock, option
from tracker.cli.output import data, document, talk, waiting
from tracker.desk import is_google, new_register, open_desk
from tracker.desk.google import checked_google
from tracker.errors import RegisterBusy, RegisterUnavailable, TrackerError, WrongUsage

__all__ = ["dashboard"]

_SCRIPT: Final = Path(tracker.__file__).parent.parent / "dashboard.py"
_HOST: Final = "127.0.0.1"
_PORT: Final = 8501
_PORTS_TRIED: Final = 50
_PATIENCE: Final = 60.0
"""Seconds that the server may take until it answers."""


@click.command(cls=Command, short_help="Menjalankan dasbor.")
@argument(
    "target", "[REGISTER]", "Berkas register, gsheet:ID, atau alamat spreadsheet Google.", required=False
)
@option("--demo", is_flag=True, help="Pakai register contoh, yang dibuat bila belum ada dari hari ini.")
@option("--lan", is_flag=True, help="Untuk komputer lain di jaringan (belum tersedia).")
@option(
    "--port", type=WholeNumber(1, 65535), metavar="ANGKA", help=f"Porta; bawaannya {_PORT} atau yang kosong."
)
@option("--no-browser", is_flag=True, help="Jangan buka peramban.")
@common
def dashboard(  # noqa: PLR0913 - one parameter for each option
    target: str | None,
    demo: bool,
    lan: bool,
    port: int | None,
    no_browser: bool,
    as_json: bool,
    now: datetime | None,
) -> int:
    """Menjalankan dasbor di komputer ini; Ctrl+C menghentikannya."""
    if lan:
        raise WrongUsage(
            "Mode jaringan (--lan) memerlukan akun, dan akun belum tersedia.", "Jalankan tanpa --lan."
        )
    if demo and target is not None:
        raise WrongUsage("REGISTER dan --demo tidak dapat dipakai bersama.", "Pilih salah satu.")
    register = _demo_register(now) if demo else target
    environment = dict(os.environ)
    if register is not None:
        environment["TRACKER_REGISTER"] = _checked(register)
    if now is not None:
        environment["TRACKER_NOW"] = now.isoformat(timespec="minutes")
    if not _SCRIPT.is_file():
        raise TrackerError(f"Berkas {_SCRIPT} tidak ada.", "Pasang ulang aplikasi ini.")
    free = _free_port(port)
    url = f"http://{_HOST}:{free}"
    server = _Server(environment, free)
    with server:
        server.wait_until_it_answers()
        document({"url": url, "register": environment.get("TRACKER_REGISTER")}) if as_json else data(url)
        sys.stdout.flush()
        talk("Dasbor berjalan. Tekan Ctrl+C untuk berhenti.")
        if not no_browser and _has_screen():
            webbrowser.open(url)
        return server.wait()


def _checked(register: str) -> str:
    """The name under which the server opens the register, which has been tried before it starts.

    A workbook is read. A spreadsheet is not: the server's own first read is all that opening may cost, so only the
    key file is looked at here.
    """
    if is_google(register):
        return checked_google(register)
    with waiting("Membaca register …"):
        open_desk(register).read()
    return str(Path(register).resolve())


# -- the sample register


def _demo_register(now: datetime | None) -> str:
    """The path of a sample register of today, in the user's own data folder."""
    path = Path(click.get_app_dir("tracker")) / "contoh" / "contoh-register.xlsx"
    try:
        if now is not None or not _is_of_today(path):
            _renew(path, now)
    except OSError as error:
        raise RegisterUnavailable(
            f"Register contoh {path} tidak dapat dibuat.", "Tutup berkasnya atau periksa izin foldernya."
        ) from error
    talk(f"Register contoh: {path}")
    return str(path)


def _is_of_today(path: Path) -> bool:
    if not path.is_file():
        return False
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return made.astimezone().date() == moment_or_clock(None).astimezone().date()


def _renew(path: Path, now: datetime | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"baru-{os.getpid()}.xlsx")
    try:
        with waiting("Menyusun register contoh …"):
            new_register(fresh, now=moment_or_clock(now), demo=True)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


# -- the server


class _Server:
    """The Streamlit server as a child process, which never outlives this one."""

    def __init__(self, environment: Mapping[str, str], port: int) -> None:
        self._port = port
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        signal.signal(signal.SIGTERM, _leave)
        settings = {
            "server.port": str(self._port),
            "server.address": _HOST,
            "browser.serverAddress": _HOST,
            "server.headless": "true",
            "browser.gatherUsageStats": "false",
        }
        flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(_SCRIPT), *flags],
            cwd=_SCRIPT.parent,  # where .streamlit/config.toml lies
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def wait_until_it_answers(self) -> None:
        """TrackerError when the server ends or does not answer in time."""
        deadline = time.monotonic() + _PATIENCE
        with waiting("Menyalakan dasbor …"):
            while time.monotonic() < deadline and self._process is not None and self._process.poll() is None:
                with socket.socket() as probe:
                    probe.settimeout(0.5)
                    if probe.connect_ex((_HOST, self._port)) == 0:
                        return
                time.sleep(0.1)
        raise TrackerError("Dasbor tidak dapat dinyalakan.", "Jalankan: python -m tracker doctor")

    def wait(self) -> int:
        """0 when the server ended well."""
        ended = self._process.wait() if self._process is not None else 0
        return 0 if ended == 0 else TrackerError.exit_code


def _leave(number: int, _: FrameType | None) -> NoReturn:
    """End as a terminated program does, so that the server is ended too."""
    sys.exit(128 + number)


def _free_port(wanted: int | None) -> int:
    """The port asked for, or the first free one from 8501 on; RegisterBusy when it is taken."""
    if wanted is not None:
        if not _is_free(wanted):
            raise RegisterBusy(
                f"Porta {wanted} sedang dipakai.", "Pilih porta lain, atau jalankan tanpa --port."
            )
        return wanted
    for port in range(_PORT, _PORT + _PORTS_TRIED):
        if _is_free(port):
            return port
    raise RegisterBusy(
        f"Porta {_PORT} sampai {_PORT + _PORTS_TRIED - 1} semuanya dipakai.", "Pilih dengan --port."
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if (
            os.name != "nt"
        ):  # a port of a server that has just ended is free; on Windows the option means otherwise
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def _has_screen() -> bool:
    """Whether a browser can show itself; without a screen `webbrowser` may start one in the terminal."""
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
