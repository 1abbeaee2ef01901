//! The same content gives the same bytes.

use crate::support::Site;

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let site = Site::new()
        .minutes("presided: N Akhtar\npresent: [N Akhtar, R Thay]\n", "## First {item=1}\n\n**RESOLVED** so.\n");
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| site.build().artefacts)
    };
    let one = build(1);
    for threads in [2, 5] {
        let many = build(threads);
        assert_eq!(one.len(), many.len());
        for (a, b) in one.iter().zip(&many) {
            assert_eq!(a.path, b.path);
            assert!(a.bytes == b.bytes, "{} differs with {threads} threads", a.path);
        }
    }
}

#[test]
fn no_two_artefacts_claim_one_path() {
    let pages = Site::new().build();
    let mut paths = pages.paths();
    let before = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(before, paths.len());
}
