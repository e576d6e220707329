//! Whole plans of small documents.
