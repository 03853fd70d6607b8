//! Inputs to documents.
