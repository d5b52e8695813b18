"""The rows of sheet SOP: the labels (Uraian) of the identity and of the settings, in template order.

Source: the register contract (sheet SOP) and the SOP page. Nothing else in the product may spell a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["EMBLEM", "IDENTITY", "LABELS", "SETTINGS", "Label"]


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its key in code, what stands under Uraian, the default that holds when Isi is blank."""

    key: str
    text: str
    default: str = ""


IDENTITY: Final = (
    Label("office", "Instansi"),
    Label("address", "Alamat"),
    Label("number", "Nomor SOP"),
    Label("made_on", "Tanggal Pembuatan"),
    Label("revised_on", "Tanggal Revisi"),
    Label("effective_on", "Tanggal Efektif"),
    Label("approved_on", "Tanggal Pengesahan"),
    Label("approved_by", "Disahkan Oleh"),
    Label("name", "Nama SOP"),
    Label("chart_title", "Judul Bagan"),
    Label("legal_basis", "Dasar Hukum"),
    Label("qualifications", "Kualifikasi Pelaksana"),
    Label("relations", "Keterkaitan"),
    Label("equipment", "Peralatan/Perlengkapan"),
    Label("warnings", "Peringatan"),
    Label("records", "Pencatatan dan Pendataan"),
)
SETTINGS: Final = (
    Label("zone", "Zona Waktu", "Asia/Makassar (WITA)"),
    Label("report_number", "Format Nomor Laporan", "{nomor}/LAP-SOP/{bulan_romawi}/{tahun}"),
    Label("target_percent", "Sasaran Tepat Waktu", "90 %"),
    Label("wait_limit", "Batas Tunggu", "1 Hari"),
    Label("soon_percent", "Batas Segera", "75 %"),
    Label("backdate_limit", "Batas Mundur", "3 Hari"),
    Label("recording_limit", "Batas Pencatatan", "1 Hari"),
    Label("strict_start", "Mulai Kosong", "longgar"),
    Label("paper", "Ukuran Kertas", "A4"),
    Label("signing_place", "Tempat Tanda Tangan"),
)
LABELS: Final = IDENTITY + SETTINGS
EMBLEM: Final = Label("emblem", "Logo")
"""Understood where an office adds the row itself: the name of a picture beside the register. Not in the template."""
