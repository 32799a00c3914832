//! The staff app: bundle `desk`.

fn main() {
    liaison_web::boot::mount(liaison_web::pages::desk::app);
}
