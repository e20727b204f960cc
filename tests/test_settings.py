"""Settings are declared: what is unknown or wrong is refused, all at once, with what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.errors import DigestError, SettingError
from pelican.plugins.news_digest.settings import SETTINGS, read_settings


def problems(**given: object) -> tuple[str, ...]:
    """Return what is wrong with *given*."""
    with pytest.raises(SettingError) as caught:
        read_settings(given)
    return caught.value.problems


def test_defaults_hold_when_the_site_says_nothing() -> None:
    """Every setting has a default, and every default is allowed."""
    found = read_settings({"SITENAME": "Tiny"})
    for setting in SETTINGS:
        assert setting.default == getattr(found, setting.name.removeprefix("DIGEST_").lower())
    assert found == read_settings({setting.name: setting.default for setting in SETTINGS})


def test_every_setting_is_explained() -> None:
    """Each has a sentence of help and says what a change of it makes stale."""
    assert [] == [setting.name for setting in SETTINGS if not setting.help.endswith(".")]
    assert {"pages", "lists", "feeds", "all", "nothing"} >= {setting.stale for setting in SETTINGS}


def test_what_the_site_says_holds() -> None:
    """Given values replace the defaults."""
    found = read_settings({"DIGEST_PAGES": "all", "DIGEST_PAGE_SIZE": 5, "DIGEST_INDEX_ITEMS": False})
    assert (found.pages, found.page_size, found.index_items) == ("all", 5, False)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("DIGEST_PAGESIZE is not a setting; did you mean DIGEST_PAGE_SIZE?", "DIGEST_PAGESIZE"),
        ("DIGEST_IMAGE is not a setting; did you mean DIGEST_IMAGES?", "DIGEST_IMAGE"),
        ("DIGEST_XYZZYPLUGHFROTZ is not a setting", "DIGEST_XYZZYPLUGHFROTZ"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(expected: str, name: str) -> None:
    """A misspelled name is an error that says which one was meant, if any looks like it."""
    assert (expected,) == problems(**{name: 1})


def test_numbers_of_the_front_page_are_said_as_a_dict_or_as_texts() -> None:
    """Both are one thing; so are the lines of DIGEST_QUALITY."""
    said = read_settings({"DIGEST_FRONT_PAGE": {"stories": 5, "latest": 0}})
    assert said == read_settings({"DIGEST_FRONT_PAGE": ["stories=5", "latest=0"]})
    assert ("picture=20",) == read_settings({"DIGEST_QUALITY": {"picture": 20}}).quality


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("DIGEST_FRONT_PAGE: 'storys' is no part of the front page; did you mean 'stories'?", {"storys": 5}),
        ("DIGEST_FRONT_PAGE: 'top=-1' is not a part and a number, such as 'top=4'", {"top": -1}),
        ("DIGEST_FRONT_PAGE: 'top=many' is not a part and a number, such as 'top=4'", {"top": "many"}),
        ("DIGEST_FRONT_PAGE: 'stories' must be at least 1", {"stories": 0}),
        ("DIGEST_FRONT_PAGE must be a list of texts, not 5", 5),
    ],
)
def test_a_part_of_the_front_page_that_is_none_is_refused(expected: str, value: object) -> None:
    """A misspelt part, and what is no number, are said."""
    assert (expected,) == problems(DIGEST_FRONT_PAGE=value)


@pytest.mark.parametrize("name", ["OTHER_PLUGIN_SETTING", "digest_pages", "MY_DIGEST_PAGES"])
def test_names_of_others_are_not_looked_at(name: str) -> None:
    """Only names that begin with the prefix are ours."""
    assert read_settings({}) == read_settings({name: object()})


@pytest.mark.parametrize(
    ("expected", "name", "value"),
    [
        ("DIGEST_PAGE_SIZE must be int, not '30'", "DIGEST_PAGE_SIZE", "30"),
        ("DIGEST_PAGE_SIZE must be int, not True", "DIGEST_PAGE_SIZE", True),
        ("DIGEST_PAGE_SIZE must be int, not 2.5", "DIGEST_PAGE_SIZE", 2.5),
        ("DIGEST_INDEX_ITEMS must be bool, not 1", "DIGEST_INDEX_ITEMS", 1),
        ("DIGEST_LOCALE must be str, not None", "DIGEST_LOCALE", None),
        ("DIGEST_NEWS_PATH must be str, not ['news']", "DIGEST_NEWS_PATH", ["news"]),
        ("DIGEST_PAGE_SIZE must be at least 1, not 0", "DIGEST_PAGE_SIZE", 0),
        ("DIGEST_RELATED_LIMIT must be at least 0, not -1", "DIGEST_RELATED_LIMIT", -1),
        (
            "DIGEST_IMAGES must be one of cache, remote, none, not 'cached'; did you mean 'cache'?",
            "DIGEST_IMAGES",
            "cached",
        ),
        ("DIGEST_PAGES must be one of published, all, local-only, not 'xyzzy'", "DIGEST_PAGES", "xyzzy"),
    ],
)
def test_a_wrong_value_is_refused_in_words(expected: str, name: str, value: object) -> None:
    """The text names the setting, what it must be, and the value."""
    assert (expected,) == problems(**{name: value})


def test_zero_related_links_are_allowed() -> None:
    """Nought switches computed links off."""
    assert read_settings({"DIGEST_RELATED_LIMIT": 0}).related_limit == 0


def test_all_problems_come_at_once() -> None:
    """Nobody has to mend one setting to hear of the next; they come in the order of their names."""
    expected = (
        "DIGEST_IMAGES must be str, not 3",
        "DIGEST_PAGE_SIZ is not a setting; did you mean DIGEST_PAGE_SIZE?",
        "DIGEST_RELATED_LIMIT must be at least 0, not -2",
    )
    assert expected == problems(DIGEST_RELATED_LIMIT=-2, DIGEST_PAGE_SIZ=10, DIGEST_IMAGES=3, SITENAME="Tiny")


def test_the_error_is_one_of_ours_and_lists_everything() -> None:
    """The text of the exception holds all problems."""
    with pytest.raises(DigestError, match=r"^settings: DIGEST_A is .*; DIGEST_LOCALE must be str, not 1$"):
        read_settings({"DIGEST_A": 1, "DIGEST_LOCALE": 1})


@hypothesis_settings(max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from([setting.name for setting in SETTINGS]),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()),
    )
)
def test_any_value_is_accepted_or_refused(values: dict[str, object]) -> None:
    """Whatever a site writes gives settings that hold it, or SettingError with one problem for each bad value."""
    try:
        found = read_settings(values)
    except SettingError as error:
        refused = len(error.problems)
    else:
        refused = 0
        held = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        assert held == {name: getattr(found, name.removeprefix("DIGEST_").lower()) for name in values}
    assert refused <= len(values)
