"""The numbers of a month, for leads: a table and a chart per kind, and the same as CSV."""

from __future__ import annotations

import re
from datetime import datetime

from aiohttp import web

from channels.answers import now
from channels.desk.charts import chart
from channels.desk.context import DESK, visitor_of
from channels.desk.counts import SMALLEST, Table, tables
from channels.desk.csv_file import csv_bytes
from channels.desk.pages import language_of, page, words
from channels.desk.scenario_numbers import scenario_tables
from safety.hours import BRUSSELS

_MONTH = re.compile(r"^(20\d\d)-(0[1-9]|1[0-2])$")
_MONTHS_BACK = 24


async def numbers(request: web.Request) -> web.StreamResponse:
    """GET /numbers; `?month=2026-11`, else the running month."""
    desk, month = request.app[DESK], _month(request)
    await desk.store.audit.note(visitor_of(request).account.id, "numbers_read", detail=month)
    return page(request, "numbers.html", tables=await _tables(request, month), month=month, months=_months(), smallest=SMALLEST)


async def picture(request: web.Request) -> web.StreamResponse:
    """GET /numbers/chart/{name}.svg: one of the tables as bars."""
    name, month = request.match_info["name"], _month(request)
    found = next((table for table in await _tables(request, month) if table.name == name), None)
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=await chart(found), content_type="image/svg+xml")


async def export(request: web.Request) -> web.StreamResponse:
    """GET /numbers.csv: every table; a blanked count is an empty cell."""
    desk, month, said = request.app[DESK], _month(request), words(request)["numbers"]
    await desk.store.audit.note(visitor_of(request).account.id, "numbers_exported", detail=month)
    rows: list[tuple[object, ...]] = [(said["csv_month"], said["csv_table"], said["csv_name"], said["csv_value"], said["csv_count"])]
    for table in await _tables(request, month):
        rows += [(month, table.title, line.name, line.label, "" if line.count is None else line.count) for line in table.lines]
        rows.append((month, table.title, "total", said["total"], table.total))
    headers = {"Content-Disposition": f'attachment; filename="chatmasjien-{month}.csv"'}
    return web.Response(body=csv_bytes(rows), content_type="text/csv", charset="utf-8", headers=headers)


async def _tables(request: web.Request, month: str) -> list[Table]:
    year, number = int(month[:4]), int(month[5:])
    start = datetime(year, number, 1, tzinfo=BRUSSELS)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=BRUSSELS)
    desk, said = request.app[DESK], words(request)
    sent = await desk.store.escalations.between(start.timestamp(), end.timestamp())
    answered = await desk.store.scenario_counts.of(month)
    return [*tables(sent, said), *scenario_tables(desk.scenarios, answered, language_of(request), said)]


def _month(request: web.Request) -> str:
    asked = request.query.get("month", "")
    return asked if _MONTH.match(asked) else now().astimezone(BRUSSELS).strftime("%Y-%m")


def _months() -> list[str]:
    """The last two years, the newest first."""
    today = now().astimezone(BRUSSELS)
    count = today.year * 12 + today.month - 1
    return [f"{(count - back) // 12}-{(count - back) % 12 + 1:02d}" for back in range(_MONTHS_BACK)]
