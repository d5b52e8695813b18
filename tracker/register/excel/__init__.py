"""The Excel room: a register in a workbook file, changed in place without losing anything else in it.

`edit_package` is the raw primitive (bytes in, bytes out, `tracker.errors.PackageRefused` when it cannot be
done without loss), and `add_sheet` makes a worksheet that a book lacks; `Package` opens a workbook for reading
its parts: sheets by name, tables, the date system.

    references  A1 text and areas           markup      one XML part edited in place
    archive     the zip container           package     parts, relationships, sheets
    values      a value as cell content     sheet       rows and cells of a worksheet
    namespaces  prefixes not understood
    formulas    a formula moved elsewhere   shared_formulas  groups, arrays, data tables
    styles      date formats                workbook    recalculation, filter name, calcChain
    tables      table parts                 ranges      validations, conditional formats, filters
    sheet_edit  one pass over one sheet     appending   rows below the records
    editing     edit_package                adding  add_sheet
"""

from tracker.register.excel.adding import add_sheet
from tracker.register.excel.editing import edit_package
from tracker.register.excel.package import Package, Sheet
from tracker.register.store import CellValue

__all__ = ["CellValue", "Package", "Sheet", "add_sheet", "edit_package"]
