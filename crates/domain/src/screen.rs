//! The automatic look at a letter as it arrives (自动筛查): what a person has to see first, and what may be taken on at
//! once. It holds, it never throws away.

use crate::guess::{Guess, Stopper};
use crate::lifecycle::{CaseClass, Screening};
use crate::limits::Limits;
use crate::{Id, calendar::DAY_MS};

/// How long letters with the same words count as one wave.
pub const WAVE_MS: crate::Millis = DAY_MS;

/// What is known about a letter besides its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs<'a> {
    /// Other letters with the same words within [`WAVE_MS`], whoever wrote them.
    pub same_words: u32,
    /// The category, when the resident chose or confirmed it.
    pub confirmed_category: Option<&'a Id>,
}

/// Why a letter is held, as a code for staff: one of [`Stopper`]'s, `emergency` or `mass`. Matters of courts and petitions
/// are not held: the office refers them, with words.
pub fn screen(guess: &Guess, signs: Signs<'_>, limits: &Limits) -> Screening {
    let advert_or_attack = guess.stopper.filter(|stopper| {
        matches!(
            stopper,
            Stopper::CommercialAd | Stopper::JobAd | Stopper::PersonalAttack
        )
    });
    let hold = if guess.emergency.is_some() {
        Some("emergency")
    } else if let Some(stopper) = advert_or_attack {
        Some(stopper.code())
    } else if signs.same_words >= limits.mass_letters {
        Some("mass")
    } else {
        None
    };
    let is_plain = hold.is_none() && guess.stopper.is_none();
    Screening {
        hold: hold.map(str::to_owned),
        certain: signs
            .confirmed_category
            .filter(|_| is_plain)
            .map(|id| (id.clone(), CaseClass::Normal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guess::guess;

    fn looked_at(text: &str, same_words: u32) -> Screening {
        let id = "lift".to_owned();
        let signs = Signs {
            same_words,
            confirmed_category: Some(&id),
        };
        screen(&guess(text), signs, &Limits::default())
    }

    #[test]
    fn an_ordinary_letter_passes_and_its_confirmed_category_is_certain() {
        let found = looked_at("3栋电梯又停了,老人下不了楼。", 0);
        assert_eq!(found.hold, None);
        assert_eq!(found.certain, Some(("lift".to_owned(), CaseClass::Normal)));
    }

    #[test]
    fn a_wave_of_the_same_words_is_held() {
        let limits = Limits::default();
        assert_eq!(looked_at("请恢复27路公交。", limits.mass_letters - 1).hold, None);
        let held = looked_at("请恢复27路公交。", limits.mass_letters);
        assert_eq!(held.hold.as_deref(), Some("mass"));
        assert_eq!(held.certain, None, "what is held is not certain");
    }

    #[test]
    fn danger_is_held_so_that_somebody_looks_within_hours() {
        assert_eq!(
            looked_at("楼道里有很浓的煤气味,怀疑燃气泄漏", 0).hold.as_deref(),
            Some("emergency")
        );
    }
}
