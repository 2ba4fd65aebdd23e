"""How the columns of a file were matched by hand, remembered for whoever brings such a file again."""

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from command.tiers.tables import Table


class ColumnMatchRow(Table):
    """`scope`: the station it was for. `headings`: by which the headings are known again; `columns`: our name of each, or ""."""

    __tablename__ = "column_matches"
    scope: Mapped[str] = mapped_column(primary_key=True)
    headings: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[list[str]] = mapped_column(JSON)
