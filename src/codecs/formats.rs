//! The interchange formats, by name.

use super::exchange::Codec;
use super::{
    argilla, bio, brat, cas_json, cas_xmi, doccano, jsonl, label_studio, messages, pairs, parc, prodigy,
    spacy, stance_shapes, tables, web_annotation, webanno_tsv,
};

/// All formats, in the order in which they are listed.
pub const FORMATS: &[&dyn Codec] = &[
    &jsonl::Jsonl,
    &tables::CSV,
    &tables::TSV,
    &bio::IOB2,
    &bio::BILOU,
    &spacy::Spacy,
    &prodigy::Prodigy,
    &brat::BRAT,
    &brat::POLNEAR,
    &parc::Parc,
    &webanno_tsv::WebannoTsv,
    &cas_xmi::CasXmi,
    &cas_json::CasJson,
    &label_studio::LabelStudio,
    &doccano::Doccano,
    &argilla::Argilla,
    &web_annotation::WEB_ANNOTATION,
    &web_annotation::RECOGITO,
    &messages::Messages,
    &pairs::Pairs,
    &stance_shapes::SEMEVAL,
    &stance_shapes::FNC,
    &stance_shapes::RUMOUREVAL,
    &stance_shapes::VAST,
];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static dyn Codec> {
    FORMATS.iter().find(|codec| codec.name() == name).copied()
}
