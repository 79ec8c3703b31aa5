"""What the mapping engine is measured against: other engines, and the same mapping written by hand."""
