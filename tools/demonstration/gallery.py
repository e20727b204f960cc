"""Which pictures there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .scenes import bridges, food, gardens, harbour, maps, music, rails, rooms, sea, seafront, streets, works

if TYPE_CHECKING:
    from .canvas import Scene


@dataclass(frozen=True, slots=True)
class Picture:
    """One illustration: its file name without ``.jpg`` and its scene."""

    name: str
    scene: Scene
    scene_size: tuple[int, int]
    file_width_px: int = 1200

    @property
    def file_size_px(self) -> tuple[int, int]:
        """Width and height of the file; the scene keeps its shape."""
        width, height = self.scene_size
        return (self.file_width_px, round(height * self.file_width_px / width))


# Scenes with much detail get smaller files, so that all of them look clean within the budget.
PICTURES = (
    Picture("bridge-at-dawn", bridges.bridge_at_dawn, (1200, 628)),
    Picture("harbour-at-dusk", harbour.harbour_at_dusk, (1200, 675)),
    Picture("night-tram", rails.night_tram, (1200, 800), 1080),
    Picture("lighthouse-beam", sea.lighthouse_beam, (1200, 800)),
    Picture("waves-over-the-wall", sea.waves_over_the_wall, (1200, 628)),
    Picture("turbines-at-sea", sea.turbines_at_sea, (1200, 675)),
    Picture("market-stalls", streets.market_stalls, (1200, 900), 960),
    Picture("terraced-houses", streets.terraced_houses, (1200, 675), 1040),
    Picture("storm-over-roofs", streets.storm_over_roofs, (1200, 800), 1140),
    Picture("bicycle-lane", seafront.bicycle_lane, (1200, 675)),
    Picture("concert-lights", music.concert_lights, (1200, 628)),
    Picture("city-panorama", harbour.city_panorama, (1200, 462)),
    Picture("fish-on-ice", food.fish_on_ice, (1000, 1000), 720),
    Picture("little-ferry", harbour.little_ferry, (1200, 800)),
    Picture("school-house", streets.school_house, (1200, 900), 1040),
    Picture("loaves", food.loaves, (1000, 1000), 900),
    Picture("gannets", sea.gannets, (1200, 800), 930),
    Picture("allotments", gardens.allotments, (860, 645), 740),
    Picture("sea-chart", maps.sea_chart, (1000, 1000), 900),
    Picture("container-yard", harbour.container_yard, (1200, 675)),
    Picture("great-bearing", works.great_bearing, (1000, 1000), 740),
    Picture("library-shelves", rooms.library_shelves, (1200, 800), 840),
    Picture("heat-network", works.heat_network, (1200, 628)),
    Picture("brass-band", music.brass_band, (1000, 1000), 800),
    Picture("rain-on-glass", rooms.rain_on_glass, (1200, 675)),
    Picture("beach-huts", seafront.beach_huts, (1200, 900), 1040),
    Picture("network-map", maps.network_map, (1200, 675)),
    Picture("drivers-view", rails.drivers_view, (1200, 675)),
    Picture("otters-on-the-bridge", bridges.otters_on_the_bridge, (1200, 800), 1080),
)
