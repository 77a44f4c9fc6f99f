//! The description of the API (OpenAPI 3.1), made from the handlers and the rows.

use std::sync::OnceLock;

use rapporteur_desk::{ActorCard, Decision, FactHit, FactRow, ReportCard, ReportHit, StoryCard};
use rapporteur_model::row::{
    FigureLedgerRow, OfficeLedgerRow, PositionLedgerRow, ProposalLedgerRow, QuoteLedgerRow, ScheduleLedgerRow,
};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use super::read::{DeskRow, EventRows, FoundRows, LineageRow, ReportRow, StoryRow};
use super::write::{AddedRows, CheckRows, NewDecision, NewReport, NewText};
use super::{List, ROWS, ROWS_MAX};
use crate::problem::ProblemRow;

const ABOUT: &str = "What is on a desk: stories, reports, facts and ledgers, each fact with the exact words of the reports \
    that bear it out. The rows are those of the command line. Lists come in pages: give `next` of one page as `cursor` for \
    the page after it. Answers carry an ETag; send it back as If-None-Match. Every error is a problem (RFC 9457) whose \
    `todo` says what to do. Where tokens are needed, send `Authorization: Bearer TOKEN`.";

/// What the description begins with.
pub(super) fn base() -> OpenApi {
    let info = InfoBuilder::new().title("Rapporteur").version("1").description(Some(ABOUT)).build();
    OpenApiBuilder::new().info(info).build()
}

/// The whole description.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let (_, api) = super::described().split_for_parts();
        let mut document = serde_json::to_value(&api).unwrap_or_default();
        document["components"] = json!({
            "schemas": schemas(),
            "responses": { "Problem": {
                "description": "What is wrong, and what to do.",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            }},
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        });
        document["security"] = json!([{}, { "token": [] }]);
        each_operation(&mut document, complete);
        document
    })
}

/// The rows, by name.
fn schemas() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut made = SchemaGenerator::new(settings);
    made.subschema_for::<ProblemRow>();
    made.subschema_for::<DeskRow>();
    made.subschema_for::<StoryRow>();
    made.subschema_for::<LineageRow>();
    made.subschema_for::<ReportRow>();
    made.subschema_for::<EventRows>();
    made.subschema_for::<AddedRows>();
    made.subschema_for::<CheckRows>();
    made.subschema_for::<NewReport>();
    made.subschema_for::<NewDecision>();
    made.subschema_for::<NewText>();
    made.subschema_for::<List<StoryCard>>();
    made.subschema_for::<List<FactRow>>();
    made.subschema_for::<List<QuoteLedgerRow>>();
    made.subschema_for::<List<PositionLedgerRow>>();
    made.subschema_for::<List<FigureLedgerRow>>();
    made.subschema_for::<List<ScheduleLedgerRow>>();
    made.subschema_for::<List<OfficeLedgerRow>>();
    made.subschema_for::<List<ProposalLedgerRow>>();
    made.subschema_for::<List<ReportCard>>();
    made.subschema_for::<List<ActorCard>>();
    made.subschema_for::<List<Decision>>();
    made.subschema_for::<FoundRows<ReportHit>>();
    made.subschema_for::<FoundRows<FactHit>>();
    let mut schemas = Value::Object(made.take_definitions(true));
    bound(&mut schemas);
    schemas
}

/// Whole numbers have the bounds of their format, which validators do not know.
fn bound(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let (min, max) = match fields.get("format").and_then(Value::as_str) {
                Some("uint32") => (json!(0), json!(u32::MAX)),
                Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
                Some("uint" | "uint64") => (json!(0), json!(i64::MAX)),
                _ => (Value::Null, Value::Null),
            };
            if !max.is_null() {
                fields.entry("minimum").or_insert(min);
                fields.entry("maximum").or_insert(max);
            }
            fields.values_mut().for_each(bound);
        }
        Value::Array(items) => items.iter_mut().for_each(bound),
        _ => {}
    }
}

fn each_operation(document: &mut Value, mut change: impl FnMut(&str, &mut Value)) {
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, item) in paths {
        for method in ["get", "post"] {
            if let Some(operation) = item.get_mut(method) {
                change(method, operation);
            }
        }
    }
}

/// What every operation has: its problems, its tag, and what its parameters may be.
fn complete(method: &str, operation: &mut Value) {
    let has_path = |it: &Value| it["in"] == "path";
    let mut statuses = vec![400, 401, 403, 421, 429, 500, 503, 504];
    if method == "post" || operation.get("parameters").is_some() {
        // A filter too may name what is not there, or what may be several.
        statuses.extend([404, 409]);
    }
    if method == "post" {
        statuses.extend([413, 415]);
        operation["requestBody"]["required"] = json!(true);
    } else {
        operation["responses"]["304"] = json!({ "description": "As you have it already." });
        operation["responses"]["200"]["headers"] =
            json!({ "ETag": { "description": "Another one when the answer may be.", "schema": { "type": "string" } } });
    }
    for status in statuses {
        operation["responses"][status.to_string()] = json!({ "$ref": "#/components/responses/Problem" });
    }
    // Not by index, which would make one where there is none.
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or("").to_owned();
        parameter["schema"] =
            if has_path(parameter) { json!({ "type": "string", "minLength": 1 }) } else { schema(&name) };
    }
}

/// What a parameter may be, by its name.
fn schema(name: &str) -> Value {
    match name {
        "from" | "to" => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        "kind" => json!({ "type": "string", "enum": ["act", "statement", "figure"] }),
        "realis" => json!({ "type": "string", "enum": [
            "happened", "ongoing", "scheduled", "expected", "proposed", "demanded", "denied", "hypothetical", "general",
        ]}),
        "verdict" => json!({ "type": "string", "enum": [
            "agree", "agree-wording", "differ-compatible", "conflict", "rewrite-drift", "single",
        ]}),
        "offsets" => json!({ "type": "string", "enum": ["char", "byte", "utf16"], "default": "char" }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": ROWS_MAX, "default": ROWS }),
        "origins_min" => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        "after" => json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX }),
        "with_wrong" | "alerts" => json!({ "type": "boolean", "default": false }),
        "cursor" => json!({ "type": "string", "pattern": "^[0-9]{1,9}$" }),
        "q" => json!({ "type": "string", "minLength": 1, "maxLength": 500, "pattern": "\\S" }),
        _ => json!({ "type": "string", "minLength": 1 }),
    }
}
