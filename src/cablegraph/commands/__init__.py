"""The commands, one module each: it imports only the stages that it runs, so that a small job starts fast."""
