"""How Sphinx builds the documentation: ``make docs``. Why Sphinx: docs/decisions/0018-sphinx-and-furo.md."""

from pelican.plugins.news_digest import __version__

project = "News Digest"
author = "the authors of News Digest"
release = __version__
language = "en"

extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_inline", "attrs_block"]
myst_heading_anchors = 4  # a link to a heading is what it is on hosts of code: page.md#heading
exclude_patterns = ["README.md", "_build"]
nitpicky = True

html_theme = "furo"
html_title = "News Digest"
html_favicon = "../theme/static/icon.svg"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_domain_indices = False
html_use_index = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-dark"

# The colours and types of the theme: theme/static/css/tokens.css.
_SANS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
_MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace'
html_theme_options = {
    "light_css_variables": {
        "font-stack": _SANS,
        "font-stack--monospace": _MONO,
        "color-background-primary": "#fbfaf7",
        "color-background-secondary": "#f3f1eb",
        "color-background-hover": "#e9e5db",
        "color-background-border": "#dfdbd1",
        "color-foreground-primary": "#1b1b19",
        "color-foreground-secondary": "#45443f",
        "color-foreground-muted": "#66645c",
        "color-foreground-border": "#8b887e",
        "color-brand-primary": "#a32a17",
        "color-brand-content": "#0a4f7a",
        "color-brand-visited": "#5a4590",
        "color-link--visited": "#5a4590",
        "color-code-background": "#f3f1eb",
        "color-inline-code-background": "#f3f1eb",
    },
    "dark_css_variables": {
        "color-background-primary": "#151513",
        "color-background-secondary": "#1d1d1a",
        "color-background-hover": "#2a2a26",
        "color-background-border": "#33322d",
        "color-foreground-primary": "#eceae3",
        "color-foreground-secondary": "#c2bfb5",
        "color-foreground-muted": "#9c998e",
        "color-foreground-border": "#7c796f",
        "color-brand-primary": "#ff9479",
        "color-brand-content": "#8cc4ec",
        "color-brand-visited": "#bfb0ee",
        "color-link--visited": "#bfb0ee",
        "color-code-background": "#1d1d1a",
        "color-inline-code-background": "#1d1d1a",
    },
}
