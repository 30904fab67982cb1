-- Looked up whenever a provision gets its first document of a class.
CREATE INDEX erasure_of_provision ON erasure (provision);
