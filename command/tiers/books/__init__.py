"""Workbooks as people keep them: titles above, headings over two rows, numbers spoilt by the spreadsheet. Read, mended, given back."""
