"""Write the documentation beside the files that it is made from."""

from __future__ import annotations

from scripts.ontology_docs.write import ONTOLOGY, documentation

if __name__ == "__main__":
    for name, text in documentation().items():
        (ONTOLOGY / name).write_text(text, encoding="utf-8", newline="\n")
