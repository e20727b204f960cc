"""What is no template's: feeds, JSON, mails and the style sheet, as bytes."""
