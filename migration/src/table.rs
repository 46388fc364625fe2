//! The few statements that every migration is made of.

use sea_orm_migration::prelude::*;

/// A table that does not exist yet.
pub(crate) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

/// A column whose text is one of a few words. Text with a check instead of a native enum, because
/// a native enum cannot be changed inside a transaction and does not exist on SQLite.
pub(crate) fn word(name: &'static str, words: &[&'static str]) -> ColumnDef {
    ColumnDef::new(name)
        .string_len(32)
        .not_null()
        .check(Expr::col(name).is_in(words.iter().copied()))
        .take()
}

/// An index over columns, named after both.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index that lets nothing in twice.
pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ux_{table}_{}", columns.join("_")))
        .table(table)
        .unique();
    for column in columns {
        index.col(*column);
    }
    index
}

/// Creates tables with their indexes.
pub(crate) async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// A foreign key to the id of another table. Evidence outlives accounts, so nothing cascades.
pub(crate) fn to(column: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(table, "id").take()
}
