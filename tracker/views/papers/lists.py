"""The two working lists as PDF: hands the words of `views.lists` to their templates."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tracker.views.papers.compile import Attachment, Metadata, render
from tracker.views.papers.emblem import emblem_images, emblem_name
from tracker.views.papers.imprint import frame

if TYPE_CHECKING:
    from tracker.views.lists import IssueList, RunningList

__all__ = ["issues_pdf", "running_pdf"]


def running_pdf(paper: RunningList) -> bytes:
    """The list of running items as PDF/A-3a and PDF/UA-1, its facts attached as JSON.

    The same list gives the same bytes. PaperFailed when it cannot be made.
    """
    return _rendered("running.typ", paper, "Daftar konten berjalan")


def issues_pdf(paper: IssueList) -> bytes:
    """The list of findings; else as `running_pdf`."""
    return _rendered("issues.typ", paper, "Daftar temuan data")


def _rendered(template: str, paper: RunningList | IssueList, label: str) -> bytes:
    imprint, head = paper.imprint, paper.letterhead
    base: dict[str, Any] = dict(frame(imprint, kind="", label=label))
    base["width"], base["height"] = base["height"], base["width"]
    words = {key: value for key, value in asdict(paper).items() if key not in ("imprint", "letterhead")}
    facts = Attachment(
        "angka.json",
        str(words.pop("figures_json")).encode(errors="backslashreplace"),
        "application/json",
        "Isi daftar ini beserta identitasnya",
    )
    return render(
        template,
        base | words | {"head": list(head.lines), "address": head.address, "emblem": emblem_name(head)},
        metadata=Metadata(
            title=f"{label} – {paper.as_of}",
            author=" ".join(head.lines) or imprint.source_name,
            description=f"{label} SOP {paper.sop_number} {paper.subject}".strip(),
            keywords=f"SHA256:{imprint.fingerprint}",
        ),
        printed_at=imprint.printed_at,
        attachments=(facts,),
        images=emblem_images(head),
    )
