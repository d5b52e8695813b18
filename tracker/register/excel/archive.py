"""The zip container: members read within bounds, and written back with their compressed bytes copied raw.

The standard library's writer would inflate, deflate and restamp every member; here a member that is not
replaced keeps its compressed bytes, times, attributes and extra fields. Data descriptors and zip64 records of
small members are resolved into plain headers, since the sizes are known by then.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tracker.errors import PackageRefused

__all__ = ["MEMBER_LIMIT", "TOTAL_LIMIT", "Archive", "Member", "part_key"]

MEMBER_LIMIT = 512 * 1024 * 1024
TOTAL_LIMIT = 2 * 1024 * 1024 * 1024
_RATIO_LIMIT, _RATIO_FROM = 400, 128 * 1024 * 1024
_LARGE = 4_000_000
"""From here on members are treated with an eye on time and memory."""
_WINDOW = 4 * 1024 * 1024

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_LOCATOR = struct.Struct("<4sLQL")
_MAX32 = 0xFFFFFFFF

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def part_key(name: str) -> str:
    """Two names with the same key are the same part: OPC names ignore case, and some writers use `\\`."""
    return name.replace("\\", "/").lstrip("/").casefold()


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its headers' fields as found, and `payload`, its compressed bytes."""

    name: str
    raw_name: bytes
    made_by: int
    needs: int
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    size: int
    internal: int
    external: int
    local_extra: bytes
    central_extra: bytes
    comment: bytes
    order: int  # of the local entry in the file
    payload: bytes = field(repr=False)

    @property
    def is_directory(self) -> bool:
        return self.name.endswith(("/", "\\")) and not self.size

    def inflate(self) -> bytes:
        """The member's content, length and CRC checked. PackageRefused: `bad-member`, `bomb`."""
        if self.size > MEMBER_LIMIT or (
            self.size > _RATIO_FROM and self.size > _RATIO_LIMIT * len(self.payload)
        ):
            raise PackageRefused("bomb")
        content = self.payload if self.method == 0 else _inflated(self.payload, self.size)
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise PackageRefused("bad-member")
        return content

    def holding(self, *pieces: bytes | memoryview) -> Member:
        """The same member with other content, deflated; its time stays, so equal edits give equal bytes."""
        size, crc = sum(len(piece) for piece in pieces), 0
        # level 6 costs twice level 4 on sheet XML and saves 7 %: worth it only where it takes no time
        deflate = zlib.compressobj(6 if size < _LARGE else 4, zlib.DEFLATED, -15)
        packed = []
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
            packed.append(deflate.compress(piece))
        payload = b"".join((*packed, deflate.flush()))
        needs = max(self.needs, 20)  # deflate asks for version 2.0
        return replace(self, needs=needs, method=8, crc=crc, size=size, payload=payload)


def _inflated(payload: bytes, size: int) -> bytes:
    """The content, never more than one byte longer than `size`."""
    try:
        if size < _LARGE:
            return zlib.decompressobj(-15).decompress(payload, size + 1)
        # With a bound, zlib collects pieces and joins them, which takes the memory twice; without one it may be
        # given the right size, once it is proved to be right.
        if _inflated_size(payload, size) != size:
            raise PackageRefused("bad-member")
        return zlib.decompress(payload, -15, size)
    except zlib.error as error:
        raise PackageRefused("bad-member") from error


def _inflated_size(payload: bytes, limit: int) -> int:
    """How long the content is, counted to a little beyond `limit` at most."""
    stream, size = zlib.decompressobj(-15), 0
    while size <= limit and (piece := stream.decompress(payload, _WINDOW)):
        size, payload = size + len(piece), stream.unconsumed_tail
    return size


class Archive:
    """The members of a zip file in the order of its directory.

    PackageRefused: `not-a-zip`, `encrypted`, `old-format`, `damaged`, `zip64`, `compression-method`,
    `duplicate-members`, `bomb`.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            raise PackageRefused("encrypted" if _ENCRYPTED_STREAM in data else "old-format")
        try:
            self.comment, self.members = _directory(data)
        except struct.error as error:
            raise PackageRefused("damaged") from error
        if sum(member.size for member in self.members) > TOTAL_LIMIT:
            raise PackageRefused("bomb")
        files = [part_key(m.name) for m in self.members if not m.is_directory]
        if len(set(files)) != len(files):
            raise PackageRefused("duplicate-members")

    def to_bytes(self) -> bytes:
        """The zip file of the members as they are now."""
        pieces: list[bytes] = []
        offsets: dict[int, int] = {}
        position = 0
        for member in sorted(self.members, key=lambda m: m.order):
            offsets[member.order] = position
            head = _local_header(member)
            pieces += (head, member.payload)
            position += len(head) + len(member.payload)
        directory = b"".join(_central_header(m, offsets[m.order]) for m in self.members)
        count = len(self.members)
        if position + len(directory) >= _MAX32 or count >= 0xFFFF:
            raise PackageRefused("zip64")
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), position, len(self.comment))
        return b"".join((*pieces, directory, end, self.comment))


def _local_header(member: Member) -> bytes:
    return (
        _LOCAL.pack(
            b"PK\3\4", member.needs, member.flags, member.method, *member.stamp, member.crc,
            len(member.payload), member.size, len(member.raw_name), len(member.local_extra),
        )
        + member.raw_name
        + member.local_extra
    )  # fmt: skip


def _central_header(member: Member, offset: int) -> bytes:
    return (
        _CENTRAL.pack(
            b"PK\1\2", member.made_by, member.needs, member.flags, member.method, *member.stamp, member.crc,
            len(member.payload), member.size, len(member.raw_name), len(member.central_extra),
            len(member.comment), 0, member.internal, member.external, offset,
        )
        + member.raw_name
        + member.central_extra
        + member.comment
    )  # fmt: skip


def _directory(data: bytes) -> tuple[bytes, tuple[Member, ...]]:
    end = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if end < 0 or not data.startswith((b"PK\3\4", b"PK\5\6")):
        raise PackageRefused("not-a-zip")
    _, disk, _, _, count, _, start, comment_length = _END.unpack_from(data, end)
    comment = data[end + 22 : end + 22 + comment_length]
    if data[end - 20 : end - 16] == b"PK\6\7":
        _, _, end64, _ = _END64_LOCATOR.unpack_from(data, end - 20)
        if end64 > end or data[end64 : end64 + 4] != b"PK\6\6":
            raise PackageRefused("damaged")
        _, _, _, _, _, _, _, count, _, start = _END64.unpack_from(data, end64)
    if (disk and disk != 0xFFFF) or len(comment) != comment_length:
        raise PackageRefused("damaged")
    members = tuple(_members(data, start, count, end))
    _refuse_overlaps(members)
    return comment, members


def _members(data: bytes, position: int, count: int, end: int) -> Iterator[Member]:
    for _ in range(count):
        if position + 46 > end or data[position : position + 4] != b"PK\1\2":
            raise PackageRefused("damaged")
        fields = _CENTRAL.unpack_from(data, position)
        name_end = position + 46 + fields[10]
        extra_end = name_end + fields[11]
        tail = extra_end + fields[12]
        if tail > end:
            raise PackageRefused("damaged")
        yield _member(
            data, fields, data[position + 46 : name_end], data[name_end:extra_end], data[extra_end:tail]
        )
        position = tail


def _member(data: bytes, fields: tuple[int, ...], raw_name: bytes, extra: bytes, comment: bytes) -> Member:
    _, made_by, needs, flags, method, time, date, crc, packed, size, *_, internal, external, offset = fields
    size, packed, offset = _zip64_sizes(extra, size, packed, offset)
    if flags & 0x2041:
        raise PackageRefused("encrypted")
    if method not in (0, 8):
        raise PackageRefused("compression-method")
    signature, *_, name_length, extra_length = _LOCAL.unpack_from(data, min(offset, len(data)))
    begin = offset + 30 + name_length + extra_length
    local_name = data[offset + 30 : offset + 30 + name_length]
    if signature != b"PK\3\4" or begin + packed > len(data) or _plain(local_name) != _plain(raw_name):
        raise PackageRefused("damaged")
    return Member(
        _decoded(raw_name, flags), raw_name, made_by, needs, flags & ~8, method, (time, date), crc, size,
        internal, external, _without_zip64(data[begin - extra_length : begin]), _without_zip64(extra),
        comment, offset, data[begin : begin + packed],
    )  # fmt: skip


def _refuse_overlaps(members: tuple[Member, ...]) -> None:
    """Entries that share bytes are how a small file claims to hold petabytes."""
    reached = 0
    for member in sorted(members, key=lambda m: m.order):
        if member.order < reached:
            raise PackageRefused("damaged")
        reached = member.order + 30 + len(member.raw_name) + len(member.payload)


def _plain(raw_name: bytes) -> bytes:
    return raw_name.replace(b"\\", b"/")


def _decoded(raw_name: bytes, flags: int) -> str:
    if flags & 0x800:
        try:
            return raw_name.decode()
        except UnicodeDecodeError as error:
            raise PackageRefused("damaged") from error
    return raw_name.decode("cp437")


def _fields(extra: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(id, content, whole field) of an extra block; what does not parse comes last with id -1."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if position + 4 + length > len(extra):
            break
        whole = extra[position : position + 4 + length]
        yield kind, whole[4:], whole
        position += 4 + length
    if position < len(extra):
        yield -1, b"", extra[position:]


def _without_zip64(extra: bytes) -> bytes:
    return b"".join(whole for kind, _, whole in _fields(extra) if kind != 1)


def _zip64_sizes(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    values = [size, packed, offset]
    if _MAX32 in values:
        content = next((content for kind, content, _ in _fields(extra) if kind == 1), b"")
        for index, value in enumerate(values):
            if value == _MAX32:
                (values[index],) = struct.unpack_from("<Q", content)
                content = content[8:]
    return values[0], values[1], values[2]
