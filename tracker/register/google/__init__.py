"""A register that is a Google Sheets spreadsheet: reading, writing and laying one out, through gspread."""
