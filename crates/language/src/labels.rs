//! The closed label sets of the English models, as small `Copy` values.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[allow(non_camel_case_types, missing_docs, reason = "the field writes these labels in capitals")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every label of the set.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label exactly as spaCy writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The label written this way, if it is one of the set.
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// Fine-grained part of speech: the Penn Treebank tags as OntoNotes 5 uses them.
    ///
    /// ```
    /// use rapporteur_language::Tag;
    /// assert_eq!(Tag::VBD.as_str(), "VBD");
    /// assert_eq!(Tag::from_name("PRP$"), Some(Tag::PRP_POSS));
    /// ```
    Tag {
        DOLLAR = "$", CLOSE_QUOTE = "''", COMMA = ",", LRB = "-LRB-", RRB = "-RRB-", PERIOD = ".", COLON = ":",
        ADD = "ADD", AFX = "AFX", CC = "CC", CD = "CD", DT = "DT", EX = "EX", FW = "FW", HYPH = "HYPH", IN = "IN",
        JJ = "JJ", JJR = "JJR", JJS = "JJS", LS = "LS", MD = "MD", NFP = "NFP", NN = "NN", NNP = "NNP",
        NNPS = "NNPS", NNS = "NNS", PDT = "PDT", POS = "POS", PRP = "PRP", PRP_POSS = "PRP$", RB = "RB",
        RBR = "RBR", RBS = "RBS", RP = "RP", SYM = "SYM", TO = "TO", UH = "UH", VB = "VB", VBD = "VBD",
        VBG = "VBG", VBN = "VBN", VBP = "VBP", VBZ = "VBZ", WDT = "WDT", WP = "WP", WP_POSS = "WP$", WRB = "WRB",
        XX = "XX", SPACE = "_SP", OPEN_QUOTE = "``",
    }
}

labels! {
    /// Coarse part of speech, as in Universal Dependencies, with `SPACE` for white space.
    Pos {
        ADJ = "ADJ", ADP = "ADP", ADV = "ADV", AUX = "AUX", CCONJ = "CCONJ", CONJ = "CONJ", DET = "DET",
        INTJ = "INTJ", NOUN = "NOUN", NUM = "NUM", PART = "PART", PRON = "PRON", PROPN = "PROPN", PUNCT = "PUNCT",
        SCONJ = "SCONJ", SYM = "SYM", VERB = "VERB", X = "X", SPACE = "SPACE",
        /// No rule of the model gives this token a part of speech.
        NONE = "",
    }
}

labels! {
    /// Dependency label: the relation of a token to its head (ClearNLP scheme).
    Dep {
        ROOT = "ROOT", ACL = "acl", ACOMP = "acomp", ADVCL = "advcl", ADVMOD = "advmod", AGENT = "agent",
        AMOD = "amod", APPOS = "appos", ATTR = "attr", AUX = "aux", AUXPASS = "auxpass", CASE = "case", CC = "cc",
        CCOMP = "ccomp", COMPOUND = "compound", CONJ = "conj", CSUBJ = "csubj", CSUBJPASS = "csubjpass",
        DATIVE = "dative", DEP = "dep", DET = "det", DOBJ = "dobj", EXPL = "expl", INTJ = "intj", MARK = "mark",
        META = "meta", NEG = "neg", NMOD = "nmod", NPADVMOD = "npadvmod", NSUBJ = "nsubj",
        NSUBJPASS = "nsubjpass", NUMMOD = "nummod", OPRD = "oprd", PARATAXIS = "parataxis", PCOMP = "pcomp",
        POBJ = "pobj", POSS = "poss", PRECONJ = "preconj", PREDET = "predet", PREP = "prep", PRT = "prt",
        PUNCT = "punct", QUANTMOD = "quantmod", RELCL = "relcl", XCOMP = "xcomp",
    }
}

labels! {
    /// Kind of a named entity (OntoNotes 5).
    EntityLabel {
        CARDINAL = "CARDINAL", DATE = "DATE", EVENT = "EVENT", FAC = "FAC", GPE = "GPE", LANGUAGE = "LANGUAGE",
        LAW = "LAW", LOC = "LOC", MONEY = "MONEY", NORP = "NORP", ORDINAL = "ORDINAL", ORG = "ORG",
        PERCENT = "PERCENT", PERSON = "PERSON", PRODUCT = "PRODUCT", QUANTITY = "QUANTITY", TIME = "TIME",
        WORK_OF_ART = "WORK_OF_ART",
    }
}
