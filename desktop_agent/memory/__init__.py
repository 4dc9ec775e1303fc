"""What the program keeps: conversations and notes in one SQLite file, and how notes are found again."""
