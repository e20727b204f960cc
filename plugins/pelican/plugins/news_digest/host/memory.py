"""What a process that builds again and again keeps between two builds."""

from __future__ import annotations

from ..catalogue.clusters import ClusterMemory
from ..frontmatter.cache import CacheMemory
from ..pages.newsroom import RoomMemory


class Memory:
    """What a process that stays keeps from build to build; a new one whenever the settings are read."""

    def __init__(self) -> None:
        self.items = CacheMemory()
        self.clusters = ClusterMemory()
        self.room = RoomMemory(lasts=True)
