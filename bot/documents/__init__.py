"""What a person keeps of a result: a printable summary, a calendar file, a picture of the year."""
