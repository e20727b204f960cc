"""What strangers wrote, made fit to print and to compare: words, addresses, dates, languages. No file is read here."""

DOORS = ("plain", "address", "dates", "language_tags", "alphabets")
