//! Reading one file of law data, so that every mistake in it names the file and the row.

use serde::de::DeserializeOwned;

use super::edition::LawError;

/// A parsed file whose sections are taken out one by one; what is left over is a mistake.
pub(crate) struct LawFile {
    name: &'static str,
    sections: toml::Table,
}

impl LawFile {
    /// Parses the text of the file called `name`.
    pub(crate) fn parse(name: &'static str, text: &str) -> Result<Self, LawError> {
        let sections = text
            .parse::<toml::Table>()
            .map_err(|source| LawError::Unreadable {
                file: name,
                source: Box::new(source),
            })?;
        Ok(Self { name, sections })
    }

    /// Takes the rows of `[[section]]`.
    pub(crate) fn take_rows<T: DeserializeOwned>(
        &mut self,
        section: &'static str,
    ) -> Result<Vec<T>, LawError> {
        let Some(toml::Value::Array(rows)) = self.sections.remove(section) else {
            return Err(LawError::MissingSection {
                file: self.name,
                section,
            });
        };
        rows.into_iter()
            .enumerate()
            .map(|(index, row)| self.read(describe(section, index, &row), row))
            .collect()
    }

    /// Takes the single `[section]`.
    pub(crate) fn take_one<T: DeserializeOwned>(
        &mut self,
        section: &'static str,
    ) -> Result<T, LawError> {
        let row = self
            .sections
            .remove(section)
            .ok_or(LawError::MissingSection {
                file: self.name,
                section,
            })?;
        self.read(section.to_owned(), row)
    }

    /// Refuses sections that nobody took.
    pub(crate) fn finish(self) -> Result<(), LawError> {
        match self.sections.into_iter().next() {
            None => Ok(()),
            Some((section, _)) => Err(LawError::UnknownSection {
                file: self.name,
                section,
            }),
        }
    }

    fn read<T: DeserializeOwned>(&self, row: String, value: toml::Value) -> Result<T, LawError> {
        value.try_into().map_err(|source| LawError::Row {
            file: self.name,
            row,
            source: Box::new(source),
        })
    }
}

fn describe(section: &str, index: usize, row: &toml::Value) -> String {
    let id = ["id", "code"].iter().find_map(|key| row.get(key)?.as_str());
    match id {
        Some(id) => format!("{section} {} ({id})", index + 1),
        None => format!("{section} {}", index + 1),
    }
}
