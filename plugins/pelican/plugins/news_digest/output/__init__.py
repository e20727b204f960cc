"""Plans in, files out: the only place that renders templates and writes below the output folder."""
