"""Books with features that no library writes, built part by part over a table of five records, as Excel writes them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.register.excel import packages as pk
from tests.register.excel.feature_makings import made, table

__all__ = ["form_control", "outside", "pivot", "slicer", "threaded_comments", "x14_rules"]

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
MICROSOFT = "http://schemas.microsoft.com/office"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MS_TYPE = "application/vnd.ms-excel"


@dataclass(frozen=True, slots=True)
class Part:
    """One part to be added: where, what, its content type, and who points to it with which relationship."""

    name: str
    content: str | bytes
    type: str
    kind: str
    source: str = "sheet"
    """`sheet`, `workbook`, `package`, or the name of another part."""


def _rels(links: list[str]) -> str:
    return f'<Relationships xmlns="{pk.PACKAGE}/relationships">{"".join(links)}</Relationships>'


def built(*parts: Part, tail: str = "", workbook: str = "") -> bytes:
    """The table of `table` with these parts, `tail` before the table parts, `workbook` at the end of the workbook."""
    package = pk.unzipped(made(table))
    places = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "package": ""}
    for number, part in enumerate(parts):
        package[part.name] = part.content
        override = f'<Override PartName="/{part.name}" ContentType="{part.type}"/></Types>'
        package["[Content_Types].xml"] = _text(package, "[Content_Types].xml").replace("</Types>", override)
        source = places.get(part.source, part.source)
        folder, _, base = source.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels".lstrip("/")
        kind = part.kind if part.kind.startswith("http") else f"{pk.OFFICE}/{part.kind}"
        link = f'<Relationship Id="rIdX{number}" Type="{kind}" Target="/{part.name}"/>'
        known = _text(package, rels) if rels in package else _rels([])
        package[rels] = known.replace("</Relationships>", link + "</Relationships>")
    sheet, book = _text(package, places["sheet"]), _text(package, places["workbook"])
    package[places["sheet"]] = sheet.replace(
        "<tableParts", f"{tail.partition('<extLst')[0]}<tableParts"
    ).replace(
        "</worksheet>",
        ("<extLst" + tail.partition("<extLst")[2] if "<extLst" in tail else "") + "</worksheet>",
    )
    package[places["workbook"]] = book.replace("</workbook>", workbook + "</workbook>")
    return pk.zipped(package)


def _text(package: dict[str, bytes | str], name: str) -> str:
    content = package[name]
    return content if isinstance(content, str) else content.decode()


def x14_rules() -> bytes:
    """A list taken from another sheet and a rule that points there: both only in the extension list."""
    return built(
        tail=f'<extLst><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>Data!$A$2:$A$6</xm:f></x14:formula1><xm:sqref>A2:A6</xm:sqref></x14:dataValidation>"
        f'</x14:dataValidations></ext><ext xmlns:x14="{X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">'
        f'<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule type="expression" '
        'priority="1" id="{00000000-0000-4000-8000-000000000001}"><xm:f>Data!$C2&gt;20</xm:f><x14:dxf><font><b/></font>'
        "</x14:dxf></x14:cfRule><xm:sqref>C2:C6</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        "</ext></extLst>"
    )


def threaded_comments() -> bytes:
    """A conversation in a cell, the note that stands for it in old programs, and who took part."""
    person, thread = "{11111111-0000-4000-8000-000000000001}", "{22222222-0000-4000-8000-000000000001}"
    threaded = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    return built(
        Part(
            "xl/comments1.xml",
            f'<comments xmlns="{pk.MAIN}"><authors><author>tc={thread}</author></authors>'
            '<commentList><comment ref="A2" authorId="0"><text><t>[Komentar] Sudah benar?</t></text></comment>'
            "</commentList></comments>",
            f"{TYPE}.comments+xml",
            "comments",
        ),
        Part(
            "xl/threadedComments/threadedComment1.xml",
            f'<ThreadedComments xmlns="{threaded}"><threadedComment ref="A2" '
            f'dT="2026-08-03T09:15:00.00" personId="{person}" id="{thread}"><text>Sudah benar?</text></threadedComment>'
            "</ThreadedComments>",
            f"{MS_TYPE}.threadedcomments+xml",
            f"{MICROSOFT}/2017/10/relationships/threadedComment",
        ),
        Part(
            "xl/persons/person.xml",
            f'<personList xmlns="{threaded}"><person displayName="Staf" id="{person}" '
            'userId="staf" providerId="None"/></personList>',
            f"{MS_TYPE}.person+xml",
            f"{MICROSOFT}/2017/10/relationships/person",
            "workbook",
        ),
    )


def slicer() -> bytes:
    """A slicer of a table column, its cache, and both lists of them in extension lists."""
    r = f'xmlns:r="{pk.OFFICE}"'
    return built(
        Part(
            "xl/slicers/slicer1.xml",
            f'<slicers xmlns="{X14}"><slicer name="ID" cache="Pengiris_ID" caption="ID" '
            'rowHeight="241300"/></slicers>',
            f"{MS_TYPE}.slicer+xml",
            f"{MICROSOFT}/2007/relationships/slicer",
        ),
        Part(
            "xl/slicerCaches/slicerCache1.xml",
            f'<slicerCacheDefinition xmlns="{X14}" name="Pengiris_ID" sourceName="ID">'
            f'<extLst><x:ext xmlns:x="{pk.MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}">'
            f'<x15:tableSlicerCache xmlns:x15="{X15}" tableId="1" column="1"/></x:ext></extLst>'
            "</slicerCacheDefinition>",
            f"{MS_TYPE}.slicerCache+xml",
            f"{MICROSOFT}/2007/relationships/slicerCache",
            "workbook",
        ),
        tail=f'<extLst><ext xmlns:x15="{X15}" uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}">'
        f'<x14:slicerList xmlns:x14="{X14}">'
        f'<x14:slicer {r} r:id="rIdX0"/></x14:slicerList></ext></extLst>',
        workbook=f'<extLst><ext xmlns:x15="{X15}" uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}"><x15:slicerCaches '
        f'xmlns:x14="{X14}"><x14:slicerCache {r} r:id="rIdX1"/></x15:slicerCaches></ext></extLst>',
    )


def pivot() -> bytes:
    """A pivot table over the table, with its cache of records."""
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    fields = "".join(
        f'<cacheField name="{name}" numFmtId="0"><sharedItems/></cacheField>'
        for name in ("ID", "Selesai", "Jumlah", "Dua")
    )
    return built(
        Part(
            cache,
            f'<pivotCacheDefinition xmlns="{pk.MAIN}" xmlns:r="{pk.OFFICE}" r:id="rIdX1" refreshOnLoad="1" '
            'recordCount="0"><cacheSource type="worksheet"><worksheetSource name="Kejadian"/></cacheSource>'
            f'<cacheFields count="4">{fields}</cacheFields></pivotCacheDefinition>',
            f"{TYPE}.pivotCacheDefinition+xml",
            "pivotCacheDefinition",
            "workbook",
        ),
        Part(
            "xl/pivotCache/pivotCacheRecords1.xml",
            f'<pivotCacheRecords xmlns="{pk.MAIN}" count="0"/>',
            f"{TYPE}.pivotCacheRecords+xml",
            "pivotCacheRecords",
            cache,
        ),
        Part(
            "xl/pivotTables/pivotTable1.xml",
            f'<pivotTableDefinition xmlns="{pk.MAIN}" name="Ringkasan" cacheId="1" '
            'dataCaption="Nilai"><location ref="F2:G4" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
            '<pivotFields count="4"><pivotField showAll="0"/><pivotField showAll="0"/>'
            '<pivotField dataField="1" showAll="0"/><pivotField showAll="0"/></pivotFields>'
            '<dataFields count="1"><dataField name="Jumlah dari Jumlah" fld="2"/>'
            "</dataFields></pivotTableDefinition>",
            f"{TYPE}.pivotTable+xml",
            "pivotTable",
        ),
        workbook='<pivotCaches><pivotCache cacheId="1" r:id="rIdX0"/></pivotCaches>',
    )


def form_control() -> bytes:
    """A check box with its properties, named in an alternate content of the sheet."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return built(
        Part(
            "xl/ctrlProps/ctrlProp1.xml",
            f'<formControlPr xmlns="{X14}" objectType="CheckBox" fmlaLink="$H$1" lockText="1"/>',
            f"{MS_TYPE}.controlproperties+xml",
            "ctrlProp",
        ),
        tail=f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice xmlns:x14="{X14}" Requires="x14"><controls>'
        f'<control shapeId="1025" xmlns:r="{pk.OFFICE}" r:id="rIdX0" name="Kotak"/></controls></mc:Choice>'
        "</mc:AlternateContent>",
    )


def outside() -> bytes:
    """Custom XML with its properties, and a link to another workbook with its cached values."""
    link = "xl/externalLinks/externalLink1.xml"
    data = built(
        Part(
            "customXml/item1.xml",
            '<naskah xmlns="urn:contoh"><nomor>1</nomor></naskah>',
            "application/xml",
            "customXml",
            "package",
        ),
        Part(
            "customXml/itemProps1.xml",
            '<ds:datastoreItem ds:itemID="{33333333-0000-4000-8000-000000000001}" '
            'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>',
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            "customXmlProps",
            "customXml/item1.xml",
        ),
        Part(
            link,
            f'<externalLink xmlns="{pk.MAIN}"><externalBook xmlns:r="{pk.OFFICE}" r:id="rId1"><sheetNames>'
            '<sheetName val="Lain"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>42</v>'
            "</cell></row></sheetData></sheetDataSet></externalBook></externalLink>",
            f"{TYPE}.externalLink+xml",
            "externalLink",
            "workbook",
        ),
    )
    package = pk.unzipped(data)
    package["xl/externalLinks/_rels/externalLink1.xml.rels"] = _rels(
        [
            f'<Relationship Id="rId1" Type="{pk.OFFICE}/externalLinkPath" Target="lain.xlsx" TargetMode="External"/>'
        ]
    )
    book = _text(package, "xl/workbook.xml")
    package["xl/workbook.xml"] = book.replace(
        "<calcPr", '<externalReferences><externalReference r:id="rIdX2"/></externalReferences><calcPr'
    )
    sheet = _text(package, "xl/worksheets/sheet1.xml")
    start = sheet.index("</row>", sheet.index('<row r="2"'))
    package["xl/worksheets/sheet1.xml"] = (
        sheet[:start] + '<c r="H2"><f>[1]Lain!A1</f><v>42</v></c>' + sheet[start:]
    )
    return pk.zipped(package)
