"""The tags of services and documents, which have no page of their own, stand in the rows of their tables."""

from __future__ import annotations

from typing import Any

import pytest

from s75desk.domain.records import Document, Provider, Record, Service
from s75desk.services.office import Office
from s75desk.ui.pages.providers.page import ProvidersPage
from tests.ui.pages.providers_help import Settle


@pytest.mark.parametrize("cls", [Service, Document])
def test_a_tag_stands_in_the_row_as_it_is_put_on_and_is_gone_when_it_is_taken_off(
    cls: type[Record], empty_desk: None, page_factory: Any, settle: Settle, office: Office
) -> None:
    provider = office.records.create(Provider(name="Fernbank")).uid
    blank = Service(provider=provider, name="Fernbank House")
    record = office.records.create(blank if cls is Service else Document(provider=provider, title="Contract")).uid
    office.tags.add(cls.KIND, [record], "Watch")
    page = page_factory(ProvidersPage)
    page.table.select_uid(provider)
    settle()
    model = (page.record.services if cls is Service else page.record.papers).list.table.rows_model()

    def said() -> Any:
        settle()
        assert model.rowCount() == 1
        return model.cell_at(0, [column.key for column in model.columns].index("tags")).words

    assert said() == "Watch"
    page.context.operations.write(page, lambda: office.tags.add(cls.KIND, [record], "Board"))
    assert said() == "Board, Watch"
    for name in ("Watch", "Board"):
        page.context.operations.write(page, lambda name=name: office.tags.remove(cls.KIND, [record], name))
    assert said() == ""
