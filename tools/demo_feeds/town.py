"""Three days in Port Ellery, as twelve sources tell them. Every word is ours; nothing of it has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes a feed.

    Attributes:
        name: What readers know it by.
        host: Where its articles are: an address that leads nowhere.
        file: The name of its feed.
        form: How it is written: see :mod:`.forms`.
        topics: What :data:`SOURCES_YAML` gives to every item of it.
    """

    name: str
    host: str
    file: str
    form: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One article.

    Attributes:
        day, clock: When it appears: day 1 to 3, and the time of that day (UTC).
        source: Whose it is, by the file of its feed.
        title, text: Plain.
        later: What it is called from the day after on; ``""``: the same.
        link: Where it leads to instead of to its own source; ``""``: there.
    """

    day: int
    clock: str
    source: str
    title: str
    text: str
    later: str = ""
    link: str = ""


DAYS: Final = 3
COURIER, RADIO, LEDGER, SMOKE, TIDE, TRANSIT, LANTERN, CITY, NOTES, OBSERVER, STRUCTURES, CHALK = (
    "courier.xml", "radio.rss", "ledger.atom", "salt-and-smoke.rss", "tidewatch.atom", "transit.json", "lantern.rdf",
    "city.json", "northmole.rss", "observer.atom", "structures.atom", "chalk.rss",
)  # fmt: skip
SOURCES: Final = (
    Source("Ellery Courier", "ellery-courier.example", COURIER, "rss"),
    Source("Harbour Radio", "harbourradio.example", RADIO, "wrong-charset", ("Harbour",)),
    Source("The Wend Ledger", "wendledger.example", LEDGER, "atom", ("Business",)),
    Source("Salt & Smoke", "saltandsmoke.example", SMOKE, "rss", ("Food",)),
    Source("Tidewatch", "tidewatch.example", TIDE, "atom", ("Nature",)),
    Source("Transit Watch", "transitwatch.example", TRANSIT, "json", ("Transport",)),
    Source("Lantern Review", "lanternreview.example", LANTERN, "rdf", ("Culture",)),
    Source("City of Port Ellery", "cityofportellery.example", CITY, "json"),
    Source("Northmole Notes", "northmole-notes.example", NOTES, "rss"),
    Source("Vellmouth Observer", "vellmouth-observer.example", OBSERVER, "moved"),
    Source("Structures Weekly", "structures-weekly.example", STRUCTURES, "atom"),
    Source("Chalk & Register", "chalkandregister.example", CHALK, "rss", ("Schools",)),
)
ENTRIES: Final = (
    # --- the crane ---------------------------------------------------------------------------------
    Entry(1, "06:10", RADIO, "Crane Nine falls across Quay Four, nobody hurt",
          "Crane Nine fell across Quay Four of the container terminal at twenty past five this morning. Its driver had "
          "climbed down for a cup of tea at the “Café Bollard”."),
    Entry(1, "07:45", COURIER, "Crane Nine falls across the container terminal's Quay Four",
          "The largest crane of the container terminal lies across Quay Four. Nobody stood beneath Crane Nine when it "
          "fell; the driver was having tea."),
    Entry(1, "09:30", LEDGER, "Container terminal loses 4% after Crane Nine falls on Quay Four",
          "Shares in the container terminal fell by four per cent within an hour of Crane Nine. Two ships wait in the "
          "roads, and Quay Four stays shut."),
    Entry(1, "12:00", OBSERVER, "Port Ellery's Crane Nine falls: Vellmouth offers its quay",
          "Vellmouth will unload the two ships that cannot moor at Quay Four in Port Ellery, where Crane Nine fell "
          "this morning."),
    Entry(2, "08:00", COURIER, "Cracked bolt found in the wreck of Crane Nine",
          "Inspectors at the container terminal say that a bolt as thick as an arm had cracked long before Crane Nine "
          "fell across Quay Four."),
    Entry(2, "10:20", STRUCTURES, "Why Crane Nine fell: a cracked bolt, and the twelve that followed",
          "One cracked bolt does not fell a crane. In Port Ellery's Crane Nine it handed its load to twelve others, "
          "one after the other."),
    Entry(2, "15:10", OBSERVER, "Floating crane leaves Vellmouth to lift Crane Nine",
          "The floating crane Patience has left Vellmouth for Port Ellery, where it is to lift Crane Nine off Quay "
          "Four at high water."),
    Entry(3, "06:40", RADIO, "Floating crane Patience lifts Crane Nine off Quay Four",
          "At high water, in eleven minutes, the floating crane Patience lifted Crane Nine off Quay Four. The crowd on "
          "the mole sang."),
    Entry(3, "08:15", COURIER, "Quay Four is free: floating crane Patience lifts Crane Nine away",
          "The floating crane Patience lifted Crane Nine off Quay Four at high water. The first ship is due at "
          "noon."),
    Entry(3, "09:00", LEDGER, "Quay Four free again, container terminal wins back what it lost",
          "Shares in the container terminal are where they were before Crane Nine fell, now that the floating crane "
          "Patience has freed Quay Four."),
    # --- the trams ---------------------------------------------------------------------------------
    Entry(2, "07:05", TRANSIT, "Tram drivers vote to strike on Friday",
          "Nine in ten tram drivers voted to strike on Friday. They want a heater in every cabin before winter."),
    Entry(2, "08:30", COURIER, "No trams on Friday: drivers vote to strike for heated cabins",
          "Tram drivers will strike on Friday for heaters in their cabins. The company calls the vote a surprise."),
    Entry(2, "11:00", CITY, "Getting to work on Friday, when tram drivers strike",
          "Ferries run every ten minutes and bicycles of the city cost nothing while tram drivers strike on Friday."),
    Entry(3, "05:20", TRANSIT, "Strike of tram drivers called off at two in the morning",
          "Every cabin gets a heater by November, and Friday's strike of the tram drivers is called off."),
    Entry(3, "06:30", COURIER, "Tram drivers call off Friday's strike: heaters come by November",
          "Hours before the first tram, drivers called off Friday's strike. The company will put a heater into every "
          "cabin."),
    # --- the bakery --------------------------------------------------------------------------------
    Entry(2, "05:50", RADIO, "Fire at the bakery on Tanner's Rise is out",
          "A fire at the bakery on Tanner’s Rise was put out before dawn. The roof is lost; nobody was hurt."),
    Entry(2, "07:20", COURIER, "Bakery on Tanner's Rise loses its roof to a fire, and saves the sourdough",
          "The baker carried the sourdough out first. A fire took the roof of the bakery on Tanner's Rise before "
          "dawn."),
    Entry(2, "16:00", SMOKE, "The sourdough of Tanner's Rise lives on after the bakery's fire",
          "Seven kitchens took in a jar each of the sourdough that was carried out of the burning bakery on Tanner's "
          "Rise."),
    Entry(3, "10:00", NOTES, "Everybody is passing this one around: the sourdough and the fire", "By the Courier.",
          link="https://ellery-courier.example/bakery-on-tanner-s-rise-loses-its-roof-to-a-fire-and-saves-the-sourdough"
               "?utm_source=northmole&utm_medium=notes"),
    # --- the whale ---------------------------------------------------------------------------------
    Entry(1, "08:40", TIDE, "Humpback whale off Lantern Rock for the third morning",
          "A humpback whale fed off Lantern Rock for the third morning running. It is the first humpback in the sound "
          "since 1988."),
    Entry(1, "17:30", NOTES, "The humpback off Lantern Rock, seen from our pier",
          "Half of Northmole stood on the pier this morning and watched the humpback whale off Lantern Rock."),
    Entry(3, "09:10", TIDE, "The humpback of Lantern Rock has moved on",
          "No humpback whale off Lantern Rock today, for the first time in a week. Herring moved south overnight."),
    # --- the library -------------------------------------------------------------------------------
    Entry(1, "10:00", CITY, "Central Library stays open until midnight from October",
          "For a trial of six months the Central Library will close at midnight on weekdays. Tea is free after ten."),
    Entry(1, "14:20", LANTERN, "Midnight at the Central Library: a trial with free tea",
          "The Central Library will stay open until midnight. We went to see where the night readers will sit."),
    # --- the swim ----------------------------------------------------------------------------------
    Entry(3, "13:30", RADIO, "Nine hundred swimmers cross the harbour",
          "Nine hundred swimmers crossed the harbour in this year's Mole to Mole. The oldest is eighty-one."),
    Entry(3, "15:00", NOTES, "Mole to Mole: nine hundred swimmers, counted from our slipway",
          "We counted nine hundred swimmers across the harbour in the Mole to Mole, and nine hundred towels."),
    # --- told once ---------------------------------------------------------------------------------
    Entry(1, "06:30", TRANSIT, "Line 7 turns at Saltmarket until Thursday", "New rails are laid on Copperhill."),
    Entry(1, "11:15", SMOKE, "The last kippers of the season, and where to queue",
          "Two smokehouses still have kippers. One of them opens when the smoke stops."),
    Entry(1, "11:20", SMOKE, "Sponsored: the pan that forgives", "A pan."),
    Entry(1, "13:00", CHALK, "Exam results come by letter this year", "The school server is on holiday, too.",
          later="Exam results come by letter this year, and on Tuesday"),
    Entry(1, "16:45", STRUCTURES, "A footbridge that folds like a fan", "It opens for masts in ninety seconds."),
    Entry(2, "09:00", LANTERN, "A play about a foghorn, with the foghorn", "Bring a scarf; sit at the back."),
    Entry(2, "12:40", CHALK, "Copperhill's pupils build a bridge out of spaghetti", "It held the headmistress."),
    Entry(2, "18:00", TIDE, "The sea is as warm as never before in September", "Nineteen degrees at the mole."),
    Entry(3, "11:30", LEDGER, "Ropeworks hires forty", "Orders for mooring lines have doubled since spring."),
    Entry(3, "12:10", CITY, "Allotments: the draw is on Saturday", "340 plots, and nine hundred wishes."),
    Entry(3, "16:30", LANTERN, "The organ in the swimming pool has its first concert", "Sold out, and damp."),
)  # fmt: skip


def articles(source: Source, *, day: int) -> list[Entry]:
    """Return what *source* has published by *day*, newest first."""
    found = [entry for entry in ENTRIES if entry.source == source.file and entry.day <= day]
    return sorted(found, key=lambda entry: (entry.day, entry.clock), reverse=True)
