"""The published figures of a quarter."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.cijfers import Tabel
from portal.models.base import Base


class Kwartaalcijfers(Base):
    """The figures of one quarter for everybody: groups that tell of no person. Append-only.

    `inhoud` holds the tables as `Tabel.as_json` makes them, under `tabellen`.
    """

    __tablename__ = "kwartaalcijfers"

    kwartaal: Mapped[str] = mapped_column(primary_key=True)
    published_at: Mapped[datetime]
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSONB)

    @property
    def tabellen(self) -> list[Tabel]:
        return [Tabel.of_json(said) for said in self.inhoud["tabellen"]]
