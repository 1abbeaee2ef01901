//! JSON Schemas of all that officers write in YAML, for editors that complete and underline while somebody types.
//!
//! Each schema is made from the types that read the files ([`model::read::schema`](crate::model::read::schema)), so it
//! cannot say something else than they do. `quorate schema` writes them; docs/authoring.md says how to turn them on.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::Value;

use crate::model::paper::Form;
use crate::model::read::{Read, Table};
use crate::model::{Authority, Body, FlowBlock, GlossaryEntry, Head, Kind, Office, Organisation, Person};
use crate::record::ChartSpec;
use crate::tables::TableKind;

/// What the `$id` of each of our schemas begins with.
const ID: &str = "urn:quorate:schema:";

/// What a schema is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// `authority.yaml`.
    Authority,
    /// `glossary.yaml`.
    Glossary,
    /// `people.yaml`.
    People,
    /// `organisations.yaml`.
    Organisations,
    /// `offices.yaml`.
    Offices,
    /// `bodies/NAME.yaml`.
    Body,
    /// `returns/NAME/form.yaml`.
    Form,
    /// The head of any paper.
    Paper,
    /// The head of one kind of paper.
    PaperOfKind(Kind),
    /// The block of a generated table.
    Table(TableKind),
    /// The block of an organisation chart.
    OrganisationChart,
    /// The block of a flow chart.
    Flow,
}

impl Subject {
    /// Everything that there is a schema of: the settings, papers, then tables and figures.
    pub fn all() -> Vec<Self> {
        let settings = [Self::Authority, Self::Body, Self::Form, Self::Glossary, Self::Offices, Self::Organisations];
        let mut all = settings.to_vec();
        all.extend([Self::People, Self::Paper]);
        all.extend(Kind::ALL.iter().copied().map(Self::PaperOfKind));
        all.extend(TableKind::ALL.iter().copied().map(Self::Table));
        all.extend([Self::OrganisationChart, Self::Flow]);
        all
    }

    /// Its name: `authority`, `paper`, `briefing-note`, `table-spending`.
    pub fn name(self) -> String {
        match self {
            Self::Authority => "authority".to_owned(),
            Self::Glossary => "glossary".to_owned(),
            Self::People => "people".to_owned(),
            Self::Organisations => "organisations".to_owned(),
            Self::Offices => "offices".to_owned(),
            Self::Body => "body".to_owned(),
            Self::Form => "form".to_owned(),
            Self::Paper => "paper".to_owned(),
            Self::PaperOfKind(kind) => kind.word().to_owned(),
            Self::Table(kind) => format!("table-{}", kind.word()),
            Self::OrganisationChart => "table-organisation-chart".to_owned(),
            Self::Flow => "table-flow".to_owned(),
        }
    }

    /// The subject of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|subject| subject.name() == name)
    }

    /// The name of its file: `authority.schema.json`.
    pub fn file_name(self) -> String {
        format!("{}.schema.json", self.name())
    }

    /// What the schema is of, for people who open the file.
    fn title(self) -> String {
        match self {
            Self::Authority => "authority.yaml".to_owned(),
            Self::Glossary => "glossary.yaml".to_owned(),
            Self::People => "people.yaml".to_owned(),
            Self::Organisations => "organisations.yaml".to_owned(),
            Self::Offices => "offices.yaml".to_owned(),
            Self::Body => "bodies/NAME.yaml".to_owned(),
            Self::Form => "returns/NAME/form.yaml".to_owned(),
            Self::Paper => "The head of a paper".to_owned(),
            Self::PaperOfKind(kind) => format!("The head of a paper: {}", kind.printed().to_lowercase()),
            Self::Table(kind) => format!("The block `{}`", kind.word()),
            Self::OrganisationChart => "The block `organisation-chart`".to_owned(),
            Self::Flow => "The block `flow`".to_owned(),
        }
    }

    fn of_types(self, generator: &mut SchemaGenerator) -> Schema {
        match self {
            Self::Authority => Authority::schema(generator),
            Self::Glossary => Table::<GlossaryEntry>::schema(generator),
            Self::People => Table::<Person>::schema(generator),
            Self::Organisations => Table::<Organisation>::schema(generator),
            Self::Offices => Table::<Office>::schema(generator),
            Self::Body => Body::schema(generator),
            Self::Form => Form::schema(generator),
            Self::Paper => Head::schema(generator),
            Self::PaperOfKind(kind) => kind.head_schema(generator),
            Self::Table(kind) => kind.block_schema(generator),
            Self::OrganisationChart => ChartSpec::schema(generator),
            Self::Flow => FlowBlock::schema(generator),
        }
    }

    /// The schema, complete in itself.
    pub fn schema(self) -> Value {
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        let written = self.of_types(&mut generator);
        let mut definitions = generator.take_definitions(false);
        let mut schema = Schema::default();
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("$id".to_owned(), format!("{ID}{}", self.name()).into());
        let comment = "Written by `quorate schema`, which will replace this file: changes made here are lost.";
        schema.insert("$comment".to_owned(), comment.into());
        schema.insert("title".to_owned(), self.title().into());
        // What the file is about stands at its top rather than among the definitions.
        let name = written.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
        let top = name.and_then(|name| definitions.shift_remove(name)).unwrap_or_else(|| written.to_value());
        if let Value::Object(keywords) = top {
            for (keyword, value) in keywords {
                schema.insert(keyword, value);
            }
        }
        schema.insert("$defs".to_owned(), definitions.into());
        schema.to_value()
    }

    /// The schema as the text of a file.
    pub fn text(self) -> String {
        format!("{:#}\n", self.schema())
    }
}

/// Whether a file holds one of our schemas, of this version or another, so that it may be replaced.
pub fn is_ours(file: &[u8]) -> bool {
    let schema: Option<Value> = serde_json::from_slice(file).ok();
    let id = schema.as_ref().and_then(|schema| schema.get("$id")).and_then(Value::as_str);
    id.is_some_and(|id| id.starts_with(ID))
}
