//! stub until the chart branch lands
use crate::model::{Body, BodyId};
use chrono::NaiveDate;
use std::collections::BTreeMap;
pub struct Node;
pub fn tree(_b: &BTreeMap<BodyId, Body>, _r: Option<&BodyId>, _on: NaiveDate) -> Vec<Node> {
    vec![]
}
pub fn figure(_n: &[Node], id: &str, _c: &str, _num: Option<u32>, _h: &dyn Fn(&BodyId) -> Option<String>) -> String {
    format!("<figure id=\"{id}\"></figure>")
}
