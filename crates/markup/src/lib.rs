//! `view!` for plain markup. The syntax is that of Leptos' own macro; what it expands to is one node type built at
//! run time instead of one Rust type an element, which makes the browser's bundle a good part smaller.
//!
//! Between tags and as values stand data, or closures that are run again when a signal they read has changed. `on:`
//! listens to an event, `prop:` sets a property. Components stand in it as usual and are handed to Leptos.

use proc_macro::TokenStream;
use proc_macro2::{Ident, TokenStream as Tokens};
use quote::{ToTokens, quote};
use rstml::Infallible;
use rstml::node::{Node, NodeAttribute, NodeBlock, NodeElement};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, Lit, Stmt};

/// Markup as a `crate::markup::Node`.
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    match rstml::parse(input) {
        Ok(nodes) => all(&nodes).into(),
        Err(error) => error.to_compile_error().into(),
    }
}

/// Several nodes in a row, as one.
fn all(nodes: &[Node]) -> Tokens {
    let mut parts: Vec<Tokens> = nodes.iter().filter_map(one).collect();
    if parts.len() == 1 {
        return parts.remove(0);
    }
    quote!(crate::markup::Node::Many(::std::vec![#(#parts),*]))
}

fn one(node: &Node) -> Option<Tokens> {
    Some(match node {
        Node::Element(element) if is_component(element) => {
            quote!(crate::markup::IntoNode::node(::leptos::prelude::IntoAny::into_any(
                ::leptos::view! { #element }
            )))
        }
        Node::Element(element) => self::element(element),
        Node::Block(block) => {
            let inner = unbraced(block);
            quote!(crate::markup::IntoNode::node(#inner))
        }
        Node::Text(text) => {
            let text = text.value_string();
            quote!(crate::markup::Node::Static(#text))
        }
        Node::Fragment(fragment) => all(&fragment.children),
        other => syn::Error::new_spanned(other, "only elements, blocks and quoted text").to_compile_error(),
    })
    .filter(|_| !matches!(node, Node::Comment(_)))
}

/// `{words}` as `words`: inside of a call the braces would be in the way.
fn unbraced(block: &NodeBlock) -> Tokens {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([Stmt::Expr(inner, None)]) => inner.to_token_stream(),
        _ => block.to_token_stream(),
    }
}

/// Components begin with a capital letter.
fn is_component(element: &NodeElement<Infallible>) -> bool {
    element.name().to_string().starts_with(char::is_uppercase)
}

fn element(element: &NodeElement<Infallible>) -> Tokens {
    let tag = element.name().to_string();
    // What is known now costs no code later.
    let mut fixed = Vec::new();
    let mut given = Vec::new();
    let mut listeners = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return syn::Error::new_spanned(attribute, "only name=value").to_compile_error();
        };
        let name = attribute.key.to_string();
        if let Some(event) = name.strip_prefix("on:") {
            let event = Ident::new(event, attribute.key.span());
            let act = attribute.value();
            listeners.push(quote!(crate::markup::on(::leptos::ev::#event, #act)));
            continue;
        }
        // A property's name begins with a dot, and properties are never fixed: those are attributes.
        let name = name.replace("prop:", ".");
        let is_property = name.starts_with('.');
        match attribute.value() {
            None => fixed.push(quote!((#name, ""))),
            Some(Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            })) if !is_property => fixed.push(quote!((#name, #text))),
            Some(Expr::Lit(ExprLit {
                lit: Lit::Bool(yes), ..
            })) if yes.value && !is_property => fixed.push(quote!((#name, ""))),
            Some(value) => {
                let value = value.to_token_stream();
                given.push(quote!(#name, crate::markup::IntoAttr::attr(#value)));
            }
        }
    }
    let children: Vec<Tokens> = element.children.iter().filter_map(one).collect();
    let fixed = quote!(&crate::markup::Fixed { tag: #tag, attributes: &[#(#fixed),*] });
    // Each call is many times in a bundle: the fewer words it passes, the better.
    let element = match (&given[..], &children[..]) {
        ([], []) => quote!(crate::markup::leaf(#fixed)),
        ([], [child]) => quote!(crate::markup::around(#fixed, #child)),
        ([], _) => quote!(crate::markup::plain(#fixed, ::std::vec![#(#children),*])),
        ([given], []) => quote!(crate::markup::leaf_with(#fixed, #given)),
        ([given], _) => quote!(crate::markup::with(#fixed, #given, ::std::vec![#(#children),*])),
        _ => quote!(crate::markup::element(#fixed, ::std::vec![#((#given)),*], ::std::vec![#(#children),*])),
    };
    if listeners.is_empty() {
        element
    } else {
        quote!(crate::markup::listening(#element, ::std::vec![#(#listeners),*]))
    }
}
