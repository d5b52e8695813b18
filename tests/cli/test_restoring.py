"""`restore`: the list of versions, putting one back, and its refusals with their exit codes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.doors import NOW, book, call


def written(tmp_path: Path) -> Path:
    path = book(tmp_path)
    for title in ("Satu", "Dua"):
        assert call("add", path, "--title", title, "--now", NOW).code == 0
    return path


def test_without_a_number_the_versions_are_listed(tmp_path: Path) -> None:
    path = written(tmp_path)
    ended = call("restore", path)
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()[1:]] == ["2", "1"]


def test_the_list_as_json(tmp_path: Path) -> None:
    path = written(tmp_path)
    document = call("restore", path, "--json").json
    newest, oldest = document["versions"]
    assert (newest["version"], oldest["version"]) == (2, 1)
    assert oldest["bytes"] == Path(oldest["file"]).stat().st_size
    assert oldest["saved_at"][10] == "T"
    assert oldest["saved_at"].endswith("+08:00")


def test_a_register_never_written_to_has_no_versions(tmp_path: Path) -> None:
    path = book(tmp_path)
    ended = call("restore", path)
    assert (ended.code, ended.out) == (0, "")
    assert call("restore", path, "--json").json["versions"] == []
    assert call("restore", path, "1").code == 2
    assert not (path.parent / ".tracker").exists()


def test_a_version_is_put_back(tmp_path: Path) -> None:
    path = book(tmp_path)
    before = path.read_bytes()
    assert call("add", path, "--title", "Satu", "--now", NOW).code == 0
    assert call("restore", path, "1", "--json").json["restored"]["version"] == 1
    assert path.read_bytes() == before
    assert call("restore", path, "2").code == 0
    assert path.read_bytes() != before


def test_what_cannot_be_meant_ends_with_2_and_what_is_gone_with_4(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert call("restore", path, "9").code == 2
    assert call("restore", path, "0").code == 2
    assert call("restore", path, "1", "--keep").code == 2
    assert call("restore", "gsheet:abc").code == 2
    assert call("restore", tmp_path / "tidak ada.xlsx").code == 4


def test_an_open_book_ends_with_3(tmp_path: Path) -> None:
    path = written(tmp_path)
    (path.parent / f".~lock.{path.name}#").write_text(",siti,kantor,03.08.2026 09:15,file:///x;")
    assert call("restore", path, "1").code == 3


def test_the_present_state_is_kept_on_request(tmp_path: Path) -> None:
    path = book(tmp_path)
    assert call("restore", path, "--keep", "--json").json["kept"]["version"] == 1
    (only,) = call("restore", path, "--json").json["versions"]
    assert Path(only["file"]).read_bytes() == path.read_bytes()
