"""The plugins that are tried, a row each: how each is set up, and where its effect is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

PAGES = ("*.html",)
HEAD = "Title: {0}\nSlug: {1}\nDate: 2026-05-0{2}\nCategory: {3}\nTags: harbour\nSeries: Nights\nAuthor: Ann\n"
BODY = "\nWords of {0}, first of many. ![A lamp]({{static}}/images/lamp.png)\n"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One plugin.

    Attributes:
        name: Of the distribution on PyPI.
        plugin: What ``PLUGINS`` calls it.
        settings: What it needs; ``{folder}`` stands for the site's.
        probe: A Jinja expression of ``article``, shown for each article on ``probe.html``: most plugins only set values
            that templates may show.
        template: What ``extend/article.html`` of our theme says, a region of every item's page.
        finished: Pattern of its effect on the page of the item ``a`` under our theme, by that template.
        text: What the classic article says beside the rest, where the plugin reads texts.
        classic: File and pattern of its effect on the classic article ``c``.
        item: The same on the item ``a``; None: it has none there, for the reason in *remark*.
        writes: What it writes anew in each build, as patterns of files.
        remark: What is to be known of it beside us.
        is_greedy: Whether others work no longer beside it once it is installed, with us or without.
    """

    name: str
    plugin: str
    settings: dict[str, Any] = field(default_factory=dict)
    probe: str = ""
    template: str = ""
    finished: str = ""
    text: str = ""
    classic: tuple[str, str]
    item: tuple[str, str] | None
    writes: tuple[str, ...] = ()
    remark: str = ""
    is_greedy: bool = False


def shown(name: str, plugin: str, probe: str, **more: Any) -> Row:
    """Return the row of a plugin that gives a value to every article."""
    return Row(
        **{
            "name": name,
            "plugin": plugin,
            "probe": probe,
            "classic": ("probe.html", r"\[c\|[^\]]*\w"),
            "item": ("probe.html", r"\[a\|[^\]]*\w"),
            **more,
        }
    )


ON_REQUEST: Final = "In items' bodies with `DIGEST_MARKDOWN`, washed."


def in_texts(name: str, plugin: str, text: str, pattern: str, **more: Any) -> Row:
    """Return the row of a plugin that changes how texts are read: those of items are read by ourselves."""
    remark = "Items' bodies are read by News Digest, and washed."
    return Row(
        **{
            "name": name,
            "plugin": plugin,
            "text": text,
            "classic": ("c.html", pattern),
            "item": None,
            "remark": remark,
            **more,
        }
    )


ROWS = (
    Row(
        name="pelican-sitemap",
        plugin="sitemap",
        classic=("sitemap.xml", "/c.html"),
        item=("sitemap.xml", "/news/a/"),
        writes=("sitemap.xml",),
        remark="Its `sitemap.xml` stands, ours steps aside.",
    ),
    Row(
        name="pelican-seo",
        plugin="seo",
        settings={"SEO_REPORT": False, "SEO_ENHANCER": True, "SEO_ENHANCER_OPEN_GRAPH": True, "LOGO": "/logo.png"},
        classic=("c.html", "application/ld\\+json"),
        item=("news/a/index.html", "application/ld\\+json"),
        writes=("*.html", "robots.txt"),
        remark="Needs `AUTHOR` (its own fault). Its `robots.txt` stands. Our theme has most of what it adds already.",
    ),
    shown("pelican-neighbors", "neighbors", "article.prev_article or article.next_article"),
    shown("pelican-related-posts", "related_posts", "article.related_posts|join(' ')"),
    shown("pelican-similar-posts", "similar_posts", "article.similar_posts|join(' ')"),
    shown("pelican-series", "series", "article.series.name"),
    in_texts("pelican-render-math", "render_math", "So $x^2$ it is.", 'class="math"', remark=ON_REQUEST),
    shown("pelican-readtime", "readtime", "article.readtime_string"),
    shown("pelican-read-more", "read_more", "article.summary", settings={"SUMMARY_MAX_LENGTH": 3}),
    shown(
        "pelican-summary-link",
        "summary_link",
        "article.has_summary",
        item=None,
        remark="For texts without a summary; an item's excerpt is its summary.",
    ),
    shown("minchin.pelican.plugins.post-stats", "minchin.pelican.plugins.post_stats", "article.stats.wc"),
    shown("pelican-statistics", "statistics", "article.statistics"),
    shown("pelican-share-post", "share_post", "article.share_post.facebook"),
    shown("pelican-featured-image", "featured_image", "article.featured_image"),
    Row(
        name="pelican-image-process",
        plugin="image_process",
        settings={"IMAGE_PROCESS": {"article-image": {"type": "image", "ops": ["scale_in 4 4 True"]}}},
        text='<img class="image-process-article-image" alt="" src="{static}/images/lamp.png">',
        classic=("c.html", "derivatives/article-image/lamp.png"),
        item=None,
        writes=("*.html", "*.png", "*.jpg", "*.xml"),
        remark="Works on classes that are set in texts, so on classic ones.",
    ),
    Row(
        name="pelican-webassets",
        plugin="webassets",
        settings={"WEBASSETS_SOURCE_PATHS": ["{folder}/own/style"]},
        probe='article.slug }}{% assets output="probe.css", "a.css", "b.css" %}{{ ASSET_URL }}{% endassets %}{{ ""',
        template='{% assets output="packed.css", "a.css", "b.css" %}'
        '<link rel="stylesheet" href="{{ root }}{{ ASSET_URL }}">{% endassets %}',
        finished=r'<link rel="stylesheet" href="/theme/packed.css\?\w+">',
        classic=("probe.html", r"\[c\|ctheme/probe.css\?\w+"),
        item=("probe.html", r"\[a\|atheme/probe.css\?\w+"),
        remark="`{% assets %}` is known to our templates as well; our theme's own files are no sources of it.",
    ),
    shown(
        "pelican-jinja-filters",
        "jinja_filters",
        "article.slug|titlecase",
        template='<p>{{ "so it is"|titlecase }}</p>',
        finished="<p>So It Is</p>",
    ),
    in_texts("pelican-jinja2content", "jinja2content", "Sum {{ 40 + 2 }}.", "Sum 42"),
    in_texts("pelican-yaml-metadata", "yaml_metadata", "Words.", "Words"),
    in_texts(
        "pelican-markdown-include",
        "md_include",
        "{! content/part.txt !}",
        "Included words",
        remark=ON_REQUEST,
    ),
    in_texts("pelican-liquid-tags", "liquid_tags", "{% youtube aaaaaaaaaaa %}", "youtube"),
    in_texts("pelican-linkclass", "linkclass", "[x](https://x.example/)", 'class="external"'),
    Row(
        name="pelican-lunr",
        plugin="pelican_lunr",
        settings={"LUNR_INDEX_FILE": "lunr.js"},
        classic=("lunr.js", "c.html"),
        item=("lunr.js", "news/a/"),
        writes=("lunr*",),
        remark="Dies on an article without tags, without us as well (its own fault).",
    ),
    Row(
        name="pelican-simple-footnotes",
        plugin="simple_footnotes",
        text="Seen[ref]By Ann.[/ref].",
        classic=("c.html", "simple-footnote"),
        item=("probe.html", "\\[a\\|.*simple-footnote"),
        probe="article._content",
    ),
    shown("pelican-more-categories", "more_categories", "article.categories|join(' ')"),
    shown("pelican-tag-cloud", "tag_cloud", "tag_cloud|length"),
    Row(
        name="pelican-i18n-subsites",
        plugin="i18n_subsites",
        settings={"I18N_SUBSITES": {"de": {"SITENAME": "Klein"}}},
        classic=("de/index.html", "Klein"),
        item=("de/index.html", "Klein"),
        writes=("de/*",),
    ),
    Row(
        name="pelican-precompress",
        plugin="precompress",
        classic=("c.html.gz", ""),
        item=("news/a/index.html.gz", ""),
        writes=("*.gz", "*.br", "*.zst"),
    ),
    Row(
        name="pelican-feed-filter",
        plugin="feed_filter",
        settings={"FEED_FILTER": {"feeds/all.atom.xml": {"exclude.title": "*hidden*"}}},
        classic=("feeds/all.atom.xml", r"\A(?!.*hidden)(?s:.)*<entry"),
        item=("feeds/all.atom.xml", r"\A(?!.*hidden)(?s:.)*<entry"),
    ),
    shown("pelican-avatar", "avatar", "article.author_avatar", settings={"AVATAR_AUTHOR_EMAIL": "ann@x.example"}),
    Row(
        name="pelican-minify",
        plugin="minify",
        classic=("c.html", r"(?i)\A<!doctype html><"),
        item=("news/a/index.html", r"(?i)\A<!doctype html><"),
        writes=("*.html", "*.css", "*.js"),
    ),
    Row(
        name="pelican-minification",
        plugin="minification",
        classic=("c.html", "<html[^>]*><head>"),
        item=("news/a/index.html", "<html[^>]*><head>"),
        writes=("*.html", "*.css", "*.js"),
    ),
    Row(
        name="pelican-htmlmin",
        plugin="htmlmin",
        settings={"HTMLMIN_ENABLED": True},
        classic=("c.html", r"(?i)\A<!doctype html> ?<"),
        item=("news/a/index.html", r"(?i)\A<!doctype html> ?<"),
        writes=("*.html",),
    ),
    shown(
        "pelican-show-source",
        "show_source",
        "article.show_source_url",
        settings={"SHOW_SOURCE_ALL_POSTS": True, "SHOW_SOURCE_ON_SIDEBAR": True},
        writes=("*.txt",),
    ),
    Row(
        name="pelican-redirect",
        plugin="pelican_redirect",
        classic=("old/c.html", "c.html"),
        item=None,
        remark="By `original_url` of classic articles; items do not move.",
        writes=("old/*",),
    ),
    shown("pelican-data-files", "data_files", "DATA_FACTS.tram", settings={"DATA_FILES_DIR": "data"}),
    Row(
        name="pelican-granular-signals",
        plugin="granular_signals",
        probe="article.slug",
        classic=("probe.html", "c"),
        item=("probe.html", "a"),
    ),
    Row(
        name="pelican-touch",
        plugin="touch",
        probe="article.slug",
        classic=("probe.html", "c"),
        item=("probe.html", "a"),
        writes=("*",),
        remark="Sets the time of files to the article's, and no bytes.",
    ),
    shown(
        "pelican-edit-url",
        "pelican_edit_url",
        "article.edit_url",
        settings={"EDIT_CONTENT_URL": "https://edit.example/{file_path}"},
    ),
    in_texts(
        "pelican-markdown-it-reader",
        "markdown_it_reader",
        "Words.",
        "Words",
        is_greedy=True,
        remark="Reads all Markdown by being installed, listed or not, so it is tried alone (its own fault).",
    ),
    in_texts("pelican-embed-microblog", "pelican_embed_microblog", "Words.", "Words"),
)

# What cannot be tried, and why: none of it is ours.
THEIRS = {
    "pelican-extended-sitemap": "does not load: needs `pytz`, which it does not declare",
    "pelican-search": "needs the program Stork, which is no longer made",
    "pelican-photos": "cannot be installed beside a current Pillow",
    "pelican-myst-reader": "asks for an older docutils than Pelican 4.12 does; installed by force it reads beside us, "
    "named before or after us, what it reads without us: files that begin with a `---` block",
}
