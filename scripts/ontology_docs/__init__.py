"""The ontology's documentation, written from its files: ``python -m scripts.ontology_docs`` (``make ontology-docs``).

Pages, diagrams and the SSSOM table stand beside the files that they show, and every release carries them. A test holds
them against what this package writes.
"""
