//! What who starts the preview is told first.

use std::fmt::Write as _;

use super::Options;
use super::server::{Server, Share};

/// Where the preview is, what it shows, how it ends; and, if it is shared, plainly, who can see what.
pub fn welcome(server: &Server, options: &Options) -> String {
    let mut words = format!(
        "The preview of `{}` is at {}\n\
         It shows drafts{}, and changes as soon as you save a file. Nothing is published. Ctrl-C ends it.\n",
        options.content.display(),
        server.address(),
        if options.server.share.is_none() { ", to you alone on this machine" } else { "" }
    );
    let (Some(address), Some(share)) = (server.shared_address(), options.server.share) else { return words };
    let what = match share {
        Share::Public => {
            "every draft as the public will see it, and how many findings there are. Private business is not shown"
        }
        Share::Everything => {
            "every draft, and ALL PRIVATE BUSINESS: what is exempt and not for publication, and every finding"
        }
    };
    let _ = write!(
        words,
        "\nIt is shared at {address}\n\
         Anybody on this network who has this address can read {what}. Nothing is encrypted on its way. The address holds \
         until the preview ends; the next time there is another.\n"
    );
    words
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Answer, Place, Preview, Print, server, state};
    use super::*;
    use crate::calendar::Moment;
    use crate::preview::tabs::Tabs;

    struct Nothing;

    impl Preview for Nothing {
        fn get(&self, _: &Place) -> Answer {
            Answer::Nothing
        }

        fn state(&self, _: &Place) -> state::State {
            unreachable!("nobody asks")
        }

        fn print(&self, _: &Place, _: Print) -> bool {
            false
        }

        fn pdf(&self, _: &Place, _: Print) -> Option<(String, Arc<[u8]>)> {
            None
        }
    }

    fn told(share: Option<Share>) -> String {
        let moment = Moment::parse("2026-11-22").unwrap();
        let options = Options {
            content: "papers".into(),
            theme: "default".to_owned(),
            own_theme: "themes/default".into(),
            clock: Arc::new(move || moment),
            server: server::Options { port: Some(0), share },
            open: false,
            poll: false,
            editor: None,
        };
        let server = Server::start(Arc::new(Nothing), Arc::new(Tabs::default()), &options.server).unwrap();
        let told = welcome(&server, &options);
        assert!(told.contains(&server.address()), "{told}");
        assert_eq!(server.shared_address().is_some_and(|address| told.contains(&address)), share.is_some(), "{told}");
        told
    }

    #[test]
    fn who_shares_is_told_with_whom_and_what() {
        assert!(!told(None).contains("Anybody") && told(None).contains("to you alone"));
        let public = told(Some(Share::Public));
        assert!(public.contains("Anybody on this network who has this address can read every draft"), "{public}");
        assert!(public.contains("Private business is not shown"), "{public}");
        assert!(!public.contains("to you alone"), "{public}");
        assert!(told(Some(Share::Everything)).contains("ALL PRIVATE BUSINESS"));
    }
}
