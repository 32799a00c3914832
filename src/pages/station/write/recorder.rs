//! The microphone. Sound is taken as plain numbers and framed as WAV, which every engine plays: what browsers record by
//! themselves differs from one to the next, and old ones record nothing.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::{set_timeout, window};
use liaison_domain::sound::{Resampler, SPEECH_RATE, wav};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AudioContext, AudioProcessingEvent, Blob, BlobPropertyBag, MediaStream, MediaStreamAudioSourceNode,
    MediaStreamTrack, ScriptProcessorNode,
};

/// Samples that are taken at once: a quarter of a second at most.
const PIECE: u32 = 4096;
/// Shorter is a slip of the finger.
const SHORTEST: usize = SPEECH_RATE as usize / 2;
/// A muted microphone gives zeros, and nothing else does.
const HEARD: i16 = 4;

/// Why nothing is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The person or the browser said no.
    Denied,
    /// This browser cannot.
    Impossible,
}

struct Taken {
    resampler: Resampler,
    samples: Vec<i16>,
}

/// A recording that goes on.
pub struct Recorder {
    context: AudioContext,
    stream: MediaStream,
    // Both would be collected while they still work if nobody held them.
    source: MediaStreamAudioSourceNode,
    node: ScriptProcessorNode,
    listener: Closure<dyn FnMut(AudioProcessingEvent)>,
    taken: Rc<RefCell<Taken>>,
}

/// Whether this browser may be asked at all.
pub fn is_possible() -> bool {
    constructor().is_some() && ask_for().is_some()
}

/// Safari before 14.1 calls it by another name.
fn constructor() -> Option<Function> {
    ["AudioContext", "webkitAudioContext"]
        .into_iter()
        .find_map(|name| function_of(&window(), name))
}

fn ask_for() -> Option<(JsValue, Function)> {
    // Not there on pages that are not secure.
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into()).ok()?;
    let ask = function_of(&devices, "getUserMedia")?;
    Some((devices, ask))
}

fn function_of(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

/// Asks for the microphone and begins. `second` is called with every new second, `full` once after `seconds`.
pub async fn start(
    seconds: u32,
    second: impl Fn(u32) + 'static,
    full: impl FnOnce() + 'static,
) -> Result<Recorder, Trouble> {
    let impossible = |_| Trouble::Impossible;
    // Before anything is waited for: only what a finger began may make sound on an iPhone.
    let made = Reflect::construct(&constructor().ok_or(Trouble::Impossible)?, &Array::new());
    let context: AudioContext = made.map_err(impossible)?.unchecked_into();
    let stream = match microphone().await {
        Ok(stream) => stream,
        Err(trouble) => {
            let _ = context.close();
            return Err(trouble);
        }
    };
    let begun = begin(
        context.clone(),
        stream.clone(),
        seconds,
        Box::new(second),
        Box::new(full),
    );
    if begun.is_err() {
        silence(&stream);
        let _ = context.close();
    }
    begun.map_err(impossible)
}

async fn microphone() -> Result<MediaStream, Trouble> {
    let (devices, ask) = ask_for().ok_or(Trouble::Impossible)?;
    let wanted = Object::new();
    let _ = Reflect::set(&wanted, &"audio".into(), &true.into());
    let promise: Promise = ask
        .call1(&devices, &wanted)
        .ok()
        .and_then(|promise| promise.dyn_into().ok())
        .ok_or(Trouble::Impossible)?;
    let answer = JsFuture::from(promise).await;
    answer.map(JsCast::unchecked_into).map_err(|error| {
        let name = Reflect::get(&error, &"name".into())
            .ok()
            .and_then(|name| name.as_string());
        // No microphone, or one that another program holds.
        if matches!(
            name.as_deref(),
            Some("NotFoundError" | "NotReadableError" | "OverconstrainedError")
        ) {
            Trouble::Impossible
        } else {
            Trouble::Denied
        }
    })
}

fn begin(
    context: AudioContext,
    stream: MediaStream,
    seconds: u32,
    second: Box<dyn Fn(u32)>,
    full: Box<dyn FnOnce()>,
) -> Result<Recorder, JsValue> {
    let _ = context.resume();
    let source = context.create_media_stream_source(&stream)?;
    let node = context
        .create_script_processor_with_buffer_size_and_number_of_input_channels_and_number_of_output_channels(
            PIECE, 1, 1,
        )?;
    let taken = Rc::new(RefCell::new(Taken {
        resampler: Resampler::from_rate(f64::from(context.sample_rate())),
        samples: Vec::with_capacity((seconds * SPEECH_RATE) as usize),
    }));
    let listener = {
        let taken = Rc::clone(&taken);
        let most = (seconds * SPEECH_RATE) as usize;
        let mut full = Some(full);
        let mut told = 0;
        Closure::new(move |event: AudioProcessingEvent| {
            let Ok(heard) = event.input_buffer().and_then(|buffer| buffer.get_channel_data(0)) else {
                return;
            };
            let Taken { resampler, samples } = &mut *taken.borrow_mut();
            if samples.len() >= most {
                return;
            }
            resampler.push(&heard, samples);
            samples.truncate(most);
            let now = samples.len() as u32 / SPEECH_RATE;
            if now > told {
                told = now;
                second(now);
            }
            if samples.len() >= most
                && let Some(full) = full.take()
            {
                // Stopping lets this very listener go, which must not happen while it runs.
                set_timeout(full, Duration::ZERO);
            }
        })
    };
    node.set_onaudioprocess(Some(listener.as_ref().unchecked_ref()));
    source.connect_with_audio_node(&node)?;
    // Chrome calls nobody who leads nowhere; what goes out is silence.
    node.connect_with_audio_node(&context.destination())?;
    Ok(Recorder {
        context,
        stream,
        source,
        node,
        listener,
        taken,
    })
}

fn silence(stream: &MediaStream) {
    for track in stream.get_tracks() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

impl Recorder {
    /// What was said until now, as a WAV file; nothing when nothing could be heard. Not from within its own listener.
    pub fn so_far(&self) -> Option<Blob> {
        file_of(&self.taken.borrow().samples)
    }

    /// Lets the microphone go. The recording as a WAV file; nothing when nothing could be heard.
    pub fn stop(self) -> Option<Blob> {
        self.node.set_onaudioprocess(None);
        let _ = self.source.disconnect();
        let _ = self.node.disconnect();
        silence(&self.stream);
        let _ = self.context.close();
        drop(self.listener);
        let samples = std::mem::take(&mut self.taken.borrow_mut().samples);
        file_of(&samples)
    }
}

fn file_of(samples: &[i16]) -> Option<Blob> {
    if samples.len() < SHORTEST || samples.iter().all(|sample| sample.abs() < HEARD) {
        return None;
    }
    let bytes = Uint8Array::from(wav(samples, SPEECH_RATE).as_slice());
    let kind = BlobPropertyBag::new();
    kind.set_type("audio/wav");
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &kind).ok()
}
