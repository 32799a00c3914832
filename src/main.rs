//! The residents' and public app: bundle `station`.

fn main() {
    liaison_web::boot::station();
}
