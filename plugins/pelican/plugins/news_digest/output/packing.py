"""Plans as bytes: what a plan's key is made from, and what goes to another process, encoded once for both.

Keys need these bytes; sending them is only for speed, and part of what :mod:`..running.workers` saves. Without
:func:`unpack` plans would be pickled for other processes.

Plans are typed all the way down, so the bytes are msgpack, and a decoder for the type reads them; pickle would call a
constructor for each value. JSON files and feeds are sent as their final bytes: a feed repeats entries that other feeds
have written, and would be longer as a plan.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from ..pages.plans import (
    BookPlan,
    CardPlan,
    FeedPlan,
    FilePlan,
    IconPlan,
    JsonPlan,
    MailPlan,
    PagePlan,
    PicturePlan,
    Plan,
)
from .documents.feed import render_feed
from .documents.json_file import render_json

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic")


class Parcel(msgspec.Struct, frozen=True, array_like=True):
    """One plan, packed.

    Attributes:
        kind: The plan's type.
        content: What ``data`` is: a view, a whole plan, or (None) bytes as they are.
        data: The view, the plan or the file.
        template: Of a page or a mail.
    """

    kind: type[Plan]
    save_as: str
    data: bytes
    content: type[Any] | None = None
    template: str = ""
    is_placeless: bool = False


def pack(plan: Plan) -> Parcel:
    """Return *plan* as bytes.

    Raises:
        TypeError: An unknown kind of plan.
    """
    match plan:
        case PagePlan():
            data = _ENCODER.encode(plan.view)
            return Parcel(PagePlan, plan.save_as, data, type(plan.view), plan.template, plan.is_placeless)
        case MailPlan():
            return Parcel(MailPlan, plan.save_as, _ENCODER.encode(plan.view), type(plan.view), plan.template)
        case CardPlan() | BookPlan() | PicturePlan() | IconPlan():
            return Parcel(type(plan), plan.save_as, _ENCODER.encode(plan), type(plan))
        case JsonPlan():
            return Parcel(JsonPlan, plan.save_as, render_json(plan.payload))
        case FeedPlan():
            return Parcel(FeedPlan, plan.save_as, render_feed(plan))
        case FilePlan():
            return Parcel(FilePlan, plan.save_as, plan.data)
    raise TypeError(plan)


def unpack(parcel: Parcel) -> Plan:
    """Return the plan that *parcel* holds; a JSON file or a feed comes back as its bytes."""
    if parcel.content is None:
        return FilePlan(save_as=parcel.save_as, data=parcel.data)
    content = _decoder(parcel.content).decode(parcel.data)
    if parcel.kind is PagePlan:
        return PagePlan(
            save_as=parcel.save_as, template=parcel.template, view=content, is_placeless=parcel.is_placeless
        )
    if parcel.kind is MailPlan:
        return MailPlan(save_as=parcel.save_as, template=parcel.template, view=content)
    assert isinstance(content, Plan)  # noqa: S101 - see pack
    return content


_decoders: dict[type[Any], msgspec.msgpack.Decoder[Any]] = {}


def _decoder(kind: type[Any]) -> msgspec.msgpack.Decoder[Any]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.msgpack.Decoder(kind)
    return _decoders[kind]
