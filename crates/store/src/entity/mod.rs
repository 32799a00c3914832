//! The tables as SeaORM sees them. Private: outside this crate nobody knows a column.

mod directory;
mod letters;
mod people;

pub(crate) use directory::*;
pub(crate) use letters::*;
pub(crate) use people::*;

/// Declares a table's module with SeaORM's model; every key begins with `tenant_id`.
macro_rules! entity {
    ($name:ident, $table:literal { $($(#[$meta:meta])* $field:ident: $type:ty,)+ }) => {
        pub(crate) mod $name {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub tenant_id: String,
                $($(#[$meta])* pub $field: $type,)+
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}
pub(crate) use entity;
