"""Things: frozen types, their wire form, the table of streams, reasons, settings, errors. Imports nothing of ours."""
