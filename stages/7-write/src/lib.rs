//! Stage 7: the account in words, every sentence cited.
