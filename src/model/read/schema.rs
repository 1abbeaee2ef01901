//! What an editor should know of each value: JSON Schemas (draft 2020-12), made from what reads the values.
//!
//! A schema must never refuse what the reader accepts, or an editor would underline what is right. YAML takes `2023` for
//! a number and `true` for a truth value where we read words, so words may be either. A list may be written as its only
//! entry, and nothing at all may follow the colon of a key that may be left out.
//!
//! Editors offer `true`, `false` and `null` wherever a schema has these types, and put one into the middle of a sentence
//! when somebody presses Enter. So such types are only let through (`not` the other types), never named. `errorMessage`
//! is no keyword of JSON Schema: editors show it instead of a sentence about patterns, and other programs pass it over.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::Read;

/// The schema called `name`, defined once in a file and referred to by name, so that it may hold itself.
pub fn defined(
    generator: &mut SchemaGenerator,
    name: &str,
    define: impl FnOnce(&mut SchemaGenerator) -> Schema,
) -> Schema {
    if !generator.definitions().contains_key(name) {
        // Keeps the place, so that a definition that comes upon itself ends there.
        generator.definitions_mut().insert(name.to_owned(), Value::Bool(true));
        let schema = define(generator);
        generator.definitions_mut().insert(name.to_owned(), schema.to_value());
    }
    Schema::new_ref(format!("#/$defs/{name}"))
}

/// A date in the calendar's outward form; that the month has so many days is left to the reader.
pub const DATE: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

/// A time of day.
pub const TIME: &str = r"([01]?[0-9]|2[0-3]):\s*[0-5]?[0-9](:\s*([0-5]?[0-9]|60))?";

/// Words: a scalar that is not empty. `expected` completes the sentence "expected …".
pub fn words(expected: &str) -> Schema {
    json_schema!({
        "anyOf": [
            {"type": ["string", "number"], "pattern": r"\S", "errorMessage": message(expected)},
            {"not": {"type": ["string", "number", "array", "object", "null"]}},
        ],
    })
}

/// A text of this form; blanks around it do not matter.
pub fn text(expected: &str, form: &str) -> Schema {
    json_schema!({"type": "string", "pattern": whole(form), "errorMessage": message(expected)})
}

/// A figure, with or without what people put into figures: `21,209`, `£409,728.00`, `-355`, `(1,200)`. `decimals` is the
/// form of what may follow the point, `after` of what may follow the figure.
pub fn figure(expected: &str, decimals: &str, after: &str) -> Schema {
    let digits = format!(r"£?\s*([0-9]+|[0-9]{{1,3}}(,[0-9]{{3}})+)(\.{decimals})?");
    let form = format!(r"(\(\s*{digits}\s*\)|[-+−]?\s*{digits})\s*{after}");
    json_schema!({"type": ["string", "number"], "pattern": whole(&form), "errorMessage": message(expected)})
}

/// A whole number that is not negative, or a text of one of these forms.
pub fn count_or(expected: &str, forms: &str) -> Schema {
    json_schema!({
        "type": ["string", "integer"],
        "minimum": 0,
        "maximum": u32::MAX,
        "pattern": whole(forms),
        "errorMessage": message(expected),
    })
}

/// One of some words. The reader does not mind capitals; the editor offers the words as they should be written.
pub fn one_of(expected: &str, words: &[&str], meanings: &[&str]) -> Schema {
    let meanings: Vec<&str> = meanings.iter().map(|meaning| meaning.trim()).collect();
    json_schema!({
        "anyOf": [
            {"enum": words, "markdownEnumDescriptions": meanings, "errorMessage": message(expected)},
            {"type": "string", "pattern": whole(&any_case(words)), "errorMessage": message(expected)},
        ],
    })
}

/// `true` or `false`, and the words that mean them.
pub fn truth(expected: &str) -> Schema {
    let words = any_case(&["true", "yes", "on", "false", "no", "off"]);
    json_schema!({
        "anyOf": [
            {"enum": [true, false], "errorMessage": message(expected)},
            {"type": "string", "pattern": whole(&words), "errorMessage": message(expected)},
        ],
    })
}

/// Keys and values, or else a scalar.
pub fn keys_or(keys: &Schema, otherwise: &Schema) -> Schema {
    json_schema!({"if": {"type": "object"}, "then": keys, "else": otherwise})
}

/// What `schema` allows, or nothing after the colon.
pub fn or_nothing(generator: &mut SchemaGenerator, schema: &Schema) -> Schema {
    let nothing = defined(
        generator,
        "nothing",
        |_| json_schema!({"not": {"type": ["string", "number", "boolean", "array", "object"]}}),
    );
    json_schema!({"anyOf": [schema, nothing]})
}

/// A list, its only entry, or nothing after the colon.
pub fn list(entry: &Schema) -> Schema {
    json_schema!({"items": entry, "if": {"not": {"type": ["array", "null"]}}, "then": entry})
}

/// Keys that the writer chooses, or nothing.
pub fn table(entry: &Schema) -> Schema {
    json_schema!({"type": ["object", "null"], "additionalProperties": entry})
}

/// "expected …", as `quorate check` says it.
fn message(expected: &str) -> String {
    format!("expected {expected}")
}

fn whole(form: &str) -> String {
    format!(r"^\s*({form})\s*$")
}

/// Any of the words, in capitals or small letters; patterns of JSON Schema have no other way to say so.
pub fn any_case(words: &[&str]) -> String {
    let letter = |c: char| match (c.to_ascii_lowercase(), c.to_ascii_uppercase()) {
        (lower, upper) if lower != upper => format!("[{upper}{lower}]"),
        (same, _) => same.to_string(),
    };
    words.iter().map(|word| word.chars().map(letter).collect::<String>()).collect::<Vec<_>>().join("|")
}

/// A schema with what it is for at its top.
fn described(about: &str, schema: &Schema) -> Schema {
    let mut whole = json_schema!({"description": about.trim()});
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        whole.insert(keyword.clone(), value.clone());
    }
    whole
}

/// Keys and values while they are gathered.
#[derive(Debug, Default)]
pub struct Keys {
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl Keys {
    /// Adds a key that is read as `T`. `about` is the doc comment of its field.
    pub fn add<T: Read>(
        &mut self,
        generator: &mut SchemaGenerator,
        key: &'static str,
        about: &str,
        default: Option<&T>,
    ) {
        let mut schema = described(about, &T::schema(generator));
        if let Some(value) = default.and_then(T::written) {
            schema.insert("default".to_owned(), value);
        }
        if default.is_none() && T::absent().is_none() {
            self.required.push(key);
        }
        self.properties.insert(key.to_owned(), schema.to_value());
    }

    /// Replaces what may follow a key, and leaves its description.
    pub fn narrow(&mut self, key: &str, schema: &Schema) {
        if let Some(property) = self.properties.get_mut(key) {
            let about = property.get("description").and_then(Value::as_str).unwrap_or("");
            *property = described(about, schema).to_value();
        }
    }

    /// Says that a key must be there, with this after it.
    pub fn require(&mut self, key: &'static str, schema: &Schema) {
        self.narrow(key, schema);
        if !self.required.contains(&key) {
            self.required.push(key);
        }
    }

    /// All of the keys, and no other. `about` is the doc comment of the type.
    pub fn finish(self, about: &str) -> Schema {
        json_schema!({
            "description": about.trim(),
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use chrono::{NaiveDate, NaiveTime};
    use jsonschema::Validator;
    use proptest::prelude::*;
    use rust_decimal::Decimal;
    use schemars::generate::SchemaSettings;

    use super::*;
    use crate::calendar::Moment;
    use crate::model::body::{ClassCount, Notice, Quorum, QuorumCount};
    use crate::model::{BodyId, Status};
    use crate::tables::block::{Pounds, StatedFigure};
    use crate::text::yaml;
    use crate::text::{SourceId, Span};

    fn validator<T: Read>() -> Validator {
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        let mut schema = T::schema(&mut generator);
        schema.insert("$defs".to_owned(), generator.take_definitions(false).into());
        jsonschema::draft202012::new(schema.as_value()).expect("a schema")
    }

    fn accepts<T: Read>(text: &str) -> bool {
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        let node = yaml::Node { value: yaml::Value::Scalar(text.to_owned()), span };
        T::read(&node, &mut Vec::new()).is_some()
    }

    /// Whatever the reader takes from a scalar, the schema allows, in quotes or as a number.
    fn agree<T: Read + Debug>(form: &str) {
        let validator = validator::<T>();
        proptest!(|(text in form)| {
            if accepts::<T>(&text) {
                prop_assert!(validator.is_valid(&Value::from(text.as_str())), "{text:?}");
                if let Ok(number) = text.parse::<u64>() {
                    prop_assert!(validator.is_valid(&number.into()), "{text}");
                }
            }
        });
    }

    #[test]
    fn what_the_reader_accepts_no_schema_refuses() {
        agree::<String>("\\PC{0,4}|[ \\t]{0,2}");
        agree::<BodyId>("\\PC{0,4}");
        agree::<bool>(" ?([tT][rR]ue|[fF]alse|[yY][eE]s|[nN]o|O[nN]|of[fF]|[a-z]{1,3}) ?");
        agree::<u32>("[ +-]?[0-9]{1,10}[ .]?|42949672[0-9]{2}");
        agree::<Decimal>("[ (]?[+\\-−]?[ £]?[0-9]{1,4}(,[0-9]{2,3})?[.,]?[0-9]{0,3}[ )]?");
        agree::<Pounds>("[ (]?[+\\-−]?[ £]?[0-9]{1,4}(,[0-9]{3})?([.][0-9]{1,4})?0?[ )]?");
        agree::<StatedFigure>("[(]?[+\\-−]?£?[0-9]{1,4}(,[0-9]{3})?([.][0-9]{1,4})?[)]? ?%?");
        agree::<NaiveDate>("[ ]?[0-9]{3,4}-[01][0-9]-[0-3][0-9] ?");
        agree::<NaiveTime>("[ ]?[0-2]?[0-9]:[ ]?[0-6]?[0-9](:[ ]?[0-6]?[0-9])? ?");
        agree::<Moment>("20[0-9]{2}-0[0-9]-[0-2][0-9]([T ]{1,2}[0-2]?[0-9]:[0-5]?[0-9](:[0-5][0-9])?)? ?");
        agree::<Notice>("[+]?[0-9]{1,2} {1,2}(clear |working |Clear )?days?( before){0,2} ?");
        agree::<ClassCount>("[+]?[0-9]{1,2} {1,2}(community|Other|other|responsible authority) ?");
        agree::<QuorumCount>("[+]?[0-9]{1,2}|[0-9] ?/ ?[+]?[0-9]|(one|A) (quarter|Half)");
        agree::<Quorum>("[+]?[0-9]{1,2}|[0-9] ?/ ?[+]?[0-9]|([oO]ne|[aA]) ([qQ]uarter|THIRD|half)|[hH]alf");
        agree::<Status>(" ?([dD][rR]aft|READY|published) ?");
    }

    #[test]
    fn what_people_mistype_is_refused() {
        for (text, valid) in [("2023-7-12", false), ("12/07/2023", false), ("2023-07-32", false), ("2023-07-12", true)]
        {
            assert_eq!(validator::<NaiveDate>().is_valid(&text.into()), valid, "{text}");
        }
        for (text, valid) in [("10.00am", false), ("25:00", false), ("10:00", true)] {
            assert_eq!(validator::<NaiveTime>().is_valid(&text.into()), valid, "{text}");
        }
        for (text, valid) in [("1,23,456", false), ("12%", false), ("ten", false), ("(1,200.50)", true), ("−£3", true)]
        {
            assert_eq!(validator::<Decimal>().is_valid(&text.into()), valid, "{text}");
        }
        assert!(!validator::<u32>().is_valid(&(-1).into()));
        assert!(!validator::<String>().is_valid(&Value::Null));
        assert!(validator::<Option<String>>().is_valid(&Value::Null));
        assert!(validator::<Vec<String>>().is_valid(&true.into()), "a word alone is a list of one");
        assert!(!validator::<Vec<String>>().is_valid(&serde_json::json!([["a"]])));
    }
}
