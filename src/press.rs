//! Runs every output of one edition to one set of artefacts: what `build` and `preview` share.
